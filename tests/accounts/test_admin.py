import pytest

from apps.accounts import services as accounts
from apps.accounts.models import Identity, User

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


@pytest.mark.parametrize("page", ["user", "identity", "group", "token"])
def test_every_list_opens_and_can_be_searched(admin, team, page):
    assert admin.get(f"/admin/accounts/{page}/?q=a").status_code == 200


@pytest.mark.parametrize("page", ["identity/add", "token/add"])
def test_identities_and_tokens_are_not_made_by_hand(admin, page):
    assert admin.get(f"/admin/accounts/{page}/").status_code == 403
