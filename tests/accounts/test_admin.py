import uuid

import pytest
from django.utils import timezone

from apps.access.models import Role
from apps.accounts import services as accounts
from apps.accounts.models import AuditEvent, Identity, User
from apps.accounts.services.applications import find_application, make_application

NO_INLINES = {"identities-TOTAL_FORMS": 0, "identities-INITIAL_FORMS": 0}


@pytest.fixture
def admin(client, db):
    client.force_login(accounts.make_user(username="admin", password=None, is_admin=True))
    return client


def test_a_person_made_in_the_admin_has_an_identity(admin):
    new = {"username": "dora", "password1": "glass-case-42", "password2": "glass-case-42", "usable_password": "true"}

    admin.post("/admin/accounts/user/add/", new | NO_INLINES)

    assert Identity.objects.filter(username="dora@vitrine.local", user__username="dora").exists()


def test_a_username_in_another_case_is_an_error_of_the_form(admin, alice, bob):
    answer = admin.post(f"/admin/accounts/user/{bob.pk}/change/", {"username": "ALICE"} | NO_INLINES)

    assert "This username is taken." in answer.text


def test_what_is_a_persons_goes_with_them(admin, alice, team):
    admin.post(f"/admin/accounts/user/{alice.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(username="alice").exists()
    assert not Identity.objects.filter(username="alice@vitrine.local").exists()


@pytest.mark.parametrize("page", ["user", "identity", "group", "token", "application", "consent"])
def test_every_list_opens_and_can_be_searched(admin, team, page):
    assert admin.get(f"/admin/accounts/{page}/?q=a").status_code == 200


@pytest.mark.parametrize("page", ["identity/add", "token/add", "application/add", "consent/add"])
def test_identities_and_tokens_are_not_made_by_hand(admin, page):
    assert admin.get(f"/admin/accounts/{page}/").status_code == 403


def told():
    return list(AuditEvent.objects.order_by("pk").values_list("action", "actor_name", "target_name"))[1:]


def test_what_is_done_to_people_is_told_to_the_audit_log(admin, alice):
    page = f"/admin/accounts/user/{alice.pk}"
    admin.post(f"{page}/change/", {"username": "alice", "name": "Alicia", "email": "a@example.org"} | NO_INLINES)
    admin.post(f"{page}/password/", {"password1": "new-case-42", "password2": "new-case-42", "usable_password": "true"})
    admin.post(f"{page}/delete/", {"post": "yes"})

    done = ["person.deactivated", "person.changed", "password.changed", "person.deleted"]
    assert told()[-4:] == [(action, "admin@vitrine.local", "alice@vitrine.local") for action in done]


def test_what_is_done_to_groups_and_tokens_is_told_to_the_audit_log(admin, team, alice):
    token, _ = accounts.make_token(user=alice, name="laptop", expires_at=timezone.now())
    chosen = {"action": "revoke", "_selected_action": token.pk}
    admin.post("/admin/accounts/token/", chosen)
    admin.post(f"/admin/accounts/group/{team.pk}/delete/", {"post": "yes"})

    assert told()[-2:] == [
        ("token.revoked", "admin@vitrine.local", "laptop"),
        ("group.deleted", "admin@vitrine.local", "team"),
    ]


def test_roles_are_granted_and_withdrawn_and_told(admin, alice):
    urn = f"urn:globus:auth:identity:{accounts.identity_ids_of(alice)[0]}"
    new = {"resource_kind": "index", "resource_id": uuid.uuid4(), "role_name": "writer", "principal": urn}

    admin.post("/admin/access/role/add/", new)
    refused = admin.post("/admin/access/role/add/", new | {"principal": "alice"})
    (role,) = Role.objects.all()
    admin.post("/admin/access/role/", {"action": "delete_selected", "_selected_action": role.pk, "post": "yes"})

    assert "This is no principal" in refused.text
    assert [action for action, _, _ in told()[-2:]] == ["role.granted", "role.withdrawn"]
    assert not Role.objects.exists()


def test_the_audit_log_is_read_there_and_not_written(admin, alice):
    page = "/admin/accounts/auditevent/"

    assert "person.made" in admin.get(f"{page}?q=alice").text
    assert admin.get(f"{page}add/").status_code == 403
    assert admin.post(f"{page}{AuditEvent.objects.first().pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_application_is_ended_with_its_secrets_and_told(admin, alice):
    robot, _ = make_application(owner=alice, name="robot", kind="service")
    page = f"/admin/accounts/application/{robot.pk}/"

    assert admin.post(f"{page}change/", {"name": "other"}).status_code == 403
    admin.post(f"{page}delete/", {"post": "yes"})

    assert find_application(robot.pk) is None
    assert not User.objects.get(pk=robot.account_id).is_active
    assert ("application.deleted", "admin@vitrine.local", "robot") in told()
