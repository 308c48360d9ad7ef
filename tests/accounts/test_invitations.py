import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.errors import NoSuchInvitation
from apps.accounts.models import AuditEvent, Invitation, User

pytestmark = pytest.mark.django_db
NEW = {"username": "dora", "email": "dora@example.org", "password1": "a-long-one-77", "password2": "a-long-one-77"}


@pytest.fixture(autouse=True)
def by_invitation(settings):
    settings.SIGNUP = "invitation"
    cache.clear()


@pytest.fixture
def link(db):
    _, link = accounts.invite_to_sign_up(email="dora@example.org", expires_at=timezone.now() + timedelta(days=1))
    return link.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def staff(client, alice):
    alice.is_staff = True
    alice.save()
    client.force_login(alice)
    return client


def test_without_an_invitation_nobody_makes_an_account(client):
    assert "Sign up is closed" in client.post("/account/signup/", NEW).text
    assert not User.objects.exists()


def test_an_invitation_makes_one_account(client, link):
    assert 'value="dora@example.org"' in client.get(link, follow=True).text
    client.post("/account/signup/", NEW)

    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Invitation.objects.get().used_by == user
    assert Client().get(link).status_code == 404


def test_of_two_who_opened_the_same_link_one_is_let_in(client, link):
    (other := Client()).get(link)
    client.get(link)

    client.post("/account/signup/", NEW)
    other.post("/account/signup/", NEW | {"username": "emil"})

    assert [user.username for user in User.objects.all()] == ["dora"]


def test_an_invitation_lets_in_by_way_of_another_provider(client, elsewhere, link):
    elsewhere.knows("d-1", preferred_username="dora", email="dora@facility.example")

    assert "Sign up is closed" in elsewhere.sign_in(client, "d-1").text
    client.get(link)
    elsewhere.sign_in(client, "d-1")

    assert Invitation.objects.get().used_by == User.objects.get()


def test_an_invitation_lets_nobody_in_after_the_race_for_it_is_lost(link, alice):
    invitation = Invitation.objects.get()
    accounts.use_invitation(str(invitation.pk), user=alice, now=timezone.now())

    with pytest.raises(NoSuchInvitation):
        accounts.use_invitation(str(invitation.pk), user=alice, now=timezone.now())


@pytest.mark.parametrize("secret", ["made-up", "%00", "x" * 500])
def test_a_link_that_was_made_up_is_over(client, secret):
    assert client.get(f"/account/invitation/{secret}/").status_code == 404


def test_an_invitation_ends(client, link):
    Invitation.objects.update(expires_at=timezone.now())

    assert "This invitation is over" in client.get(link).text


def test_trying_links_is_stopped(client):
    answers = [client.get(f"/account/invitation/{number}/").status_code for number in range(25)]

    assert answers[-1] == 429


def test_staff_invites_by_mail_and_sees_the_link_once(staff, mailoutbox):
    page = staff.post("/account/invitations/", {"email": "dora@example.org", "days": "14", "is_sent": "on"})

    (link,) = re.findall(r"/account/invitation/[\w-]{43}/", page.text)
    assert link in mailoutbox[0].body
    assert link not in staff.get("/account/invitations/").text
    assert AuditEvent.objects.get(action="invitation.made").actor_name == "alice@vitrine.local"


def test_an_invitation_is_taken_back(staff, client, link):
    staff.post(f"/account/invitations/{Invitation.objects.get().pk}/revoke/")

    assert Client().get(link).status_code == 404


def test_only_staff_invites(client, bob, link):
    client.force_login(bob)

    assert client.get("/account/invitations/").status_code == 403
    assert client.post("/account/invitations/", {"email": "a@example.org", "days": "14"}).status_code == 403
    assert client.post(f"/account/invitations/{Invitation.objects.get().pk}/revoke/").status_code == 403
    assert Client().get("/account/invitations/").status_code == 302


def test_a_command_prints_the_link(client, capsys):
    call_command("invite", "dora@example.org")

    link = capsys.readouterr().out.strip()
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 302
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("invite", "dora")
