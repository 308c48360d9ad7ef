"""Signing in at another provider, linking and unlinking, against one that is not ours."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.access import services as access
from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.accounts.errors import NoSuchProvider
from apps.accounts.models import AuditEvent, Identity, User
from tests.conftest import PASSWORD
from tests.web.conftest import entry, index, put  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(elsewhere):
    """Somebody who is known there, and not yet here."""
    elsewhere.knows("d-1", preferred_username="Dora", name="Dora D.", email="dora@facility.example")
    return "d-1"


@pytest.fixture
def browser(client, alice):
    """Alice's, who has just said her password."""
    client.force_login(alice)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def names(user):
    return [identity.username for identity in accounts.identities_of(user)]


def test_the_first_sign_in_makes_an_account_and_the_second_finds_it(client, elsewhere, dora):
    elsewhere.sign_in(client, dora)
    elsewhere.sign_in(Client(), dora)

    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.name, names(user)) == ("Dora D.", ["dora@vitrine.local", "dora@facility.example"])


def test_a_new_account_never_takes_a_username_that_is_taken(client, elsewhere, alice):
    elsewhere.knows("a-2", preferred_username="alice", name="Another Alice")

    elsewhere.sign_in(client, "a-2")

    other = User.objects.exclude(pk=alice.pk).get()
    assert other.username.lower() != "alice"
    assert names(other)[1:] == ["alice@facility.example"]


def test_an_identity_is_linked_to_the_account_that_one_is_signed_in_to(browser, elsewhere, alice, dora):
    page = elsewhere.sign_in(browser, dora, process="connect")

    assert "dora@facility.example" in page.text
    assert names(alice) == ["alice@vitrine.local", "dora@facility.example"]
    assert AuditEvent.objects.filter(action="identity.linked", actor_name="alice@vitrine.local").count() == 1
    elsewhere.sign_in(other := Client(), dora)
    assert other.session["_auth_user_id"] == str(alice.pk)


def test_linking_asks_for_the_password_again(client, elsewhere, alice, dora):
    client.force_login(alice)

    page = elsewhere.sign_in(client, dora, process="connect")
    assert "Is it still you?" in page.text
    assert names(alice) == ["alice@vitrine.local"]
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    assert names(alice) == ["alice@vitrine.local", "dora@facility.example"]


def test_an_unlinked_identity_keeps_its_id_and_counts_for_nobody(browser, elsewhere, alice, dora):
    elsewhere.sign_in(browser, dora, process="connect")
    before = Identity.objects.get(username="dora@facility.example")

    browser.post("/account/identities/", {"account": alice.socialaccount_set.get().pk})

    assert names(alice) == ["alice@vitrine.local"]
    assert identity_urn(before.pk) not in access.principals_of(alice)
    assert not Identity.objects.get(pk=before.pk).is_used
    elsewhere.sign_in(browser, dora, process="connect")
    assert accounts.identities_of(alice)[1].pk == before.pk


def test_what_an_identity_of_another_provider_may_see_is_seen(client, elsewhere, dora):
    identity = accounts.provision("dora@facility.example")

    elsewhere.sign_in(client, dora)

    assert identity_urn(identity.pk) in access.principals_of(User.objects.get())
    assert names(User.objects.get())[0] == "dora@vitrine.local"


def test_a_name_that_somebody_else_had_first_is_not_given_away(client, elsewhere, dora):
    elsewhere.sign_in(client, dora)
    elsewhere.knows("d-2", preferred_username="dora")

    elsewhere.sign_in(Client(), "d-2")

    assert Identity.objects.get(subject="d-1", provider="facility.example").username == "dora@facility.example"
    assert Identity.objects.get(subject="d-2", provider="facility.example").username == "d-2@facility.example"


def test_a_renamed_person_keeps_their_id(client, elsewhere, dora):
    elsewhere.sign_in(client, dora)
    before = Identity.objects.get(username="dora@facility.example").pk
    elsewhere.knows("d-1", preferred_username="dora.new", name="Dora N.")

    elsewhere.sign_in(client, dora)

    identity = Identity.objects.get(pk=before)
    assert (identity.username, identity.name) == ("dora.new@facility.example", "Dora N.")


def test_an_identity_of_another_account_is_refused_and_told_what_to_do(browser, elsewhere, alice, dora):
    elsewhere.sign_in(Client(), dora)

    page = elsewhere.sign_in(browser, dora, process="connect")

    assert "belongs to another account here" in page.text
    assert names(alice) == ["alice@vitrine.local"]


def test_an_identity_whose_holder_is_known_otherwise_is_refused_before_anything_is_written(
    browser, elsewhere, bob, dora
):
    Identity.objects.create(user=bob, username="dora@facility.example", provider="facility.example", subject=dora)

    page = elsewhere.sign_in(browser, dora, process="connect")

    assert "belongs to another account here" in page.text
    assert "belongs to another account here" in elsewhere.sign_in(Client(), dora).text
    assert (User.objects.count(), names(bob)) == (2, ["bob@vitrine.local", "dora@facility.example"])


def test_the_last_way_in_stays(client, elsewhere, dora):
    elsewhere.sign_in(client, dora)
    user = User.objects.get()

    page = client.post("/account/identities/", {"account": user.socialaccount_set.get().pk})

    assert "only way to sign in" in page.text
    assert names(user) == ["dora@vitrine.local", "dora@facility.example"]


@pytest.mark.parametrize(("trusts", "is_verified", "is_alice"), [
    (False, True, False), (True, False, False), (True, True, True),
])  # fmt: skip
def test_an_address_finds_an_account_only_if_a_trusted_provider_verified_it(
    client, elsewhere, alice, trusts, is_verified, is_alice
):
    alice.emailaddress_set.create(email=alice.email, verified=True, primary=True)
    elsewhere.trust(trusts_email=trusts)
    elsewhere.knows("x", preferred_username="x", email=alice.email, email_verified=is_verified)

    elsewhere.sign_in(client, "x")

    assert ("x@facility.example" in names(alice)) is is_alice


@pytest.mark.parametrize("name", ["bob@vitrine.local", "аlice", "", "../x", "X" * 200])
def test_no_provider_gives_names_that_look_like_ours(client, elsewhere, name):
    elsewhere.knows("s-9", preferred_username=name)

    elsewhere.sign_in(client, "s-9")

    (_, foreign) = names(User.objects.get())
    assert foreign in {"s-9@facility.example", "bob_vitrine.local@facility.example"}


def test_going_back_without_signing_in_changes_nothing(client, elsewhere):
    client.post("/account/oidc/facility/login/")

    page = client.get("/account/oidc/facility/login/callback/?state=made-up&code=x")

    assert "Signing in did not work" in page.text
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "username", ["erna@vitrine.local", "erna@nowhere.example", "erna", "@facility.example", "a b@facility.example"]
)
def test_only_names_of_other_providers_are_made_known(elsewhere, username):
    with pytest.raises(NoSuchProvider):
        accounts.provision(username)

    assert not Identity.objects.exists()


def test_one_who_never_came_is_found_and_is_made_known_once(elsewhere):
    first = accounts.provision(" Erna@Facility.example ")

    assert accounts.provision("erna@facility.example") == first == accounts.find_identity("erna@facility.example")
    assert (first.username, first.is_used) == ("erna@facility.example", False)


def test_a_form_leads_to_the_provider_by_a_page_that_the_policy_allows(client, elsewhere):
    page = client.post("/account/oidc/facility/login/", headers={"Accept": "text/html"})

    assert page.status_code == 200
    assert f'content="0; url={elsewhere.url}/oauth2/authorize?' in page.text


def test_records_of_every_linked_identity_are_found(browser, elsewhere, alice, dora, index, put):  # noqa: F811 (fixtures)
    linked = accounts.provision("dora@facility.example")
    put(
        index,
        alice,
        entry("hers", identity_urn(accounts.identity_ids_of(alice)[0])),
        entry("theirs", identity_urn(linked.pk)),
    )

    before = browser.get("/crystals/?q=run").text
    elsewhere.sign_in(browser, dora, process="connect")
    after = browser.get("/crystals/?q=run").text
    browser.post("/account/identities/", {"account": alice.socialaccount_set.get().pk})
    at_last = browser.get("/crystals/?q=run").text

    assert [["detail/hers/" in page, "detail/theirs/" in page] for page in (before, after, at_last)] == [
        [True, False], [True, True], [True, False],
    ]  # fmt: skip


def test_a_provider_that_is_away_is_told(client, elsewhere):
    elsewhere.url = "http://localhost:1"
    elsewhere.trust()

    answer = client.post("/account/oidc/facility/login/")

    assert (answer.status_code, "does not answer" in answer.text) == (503, True)


LONG = ".".join(letter * 60 for letter in "yzwv")


@pytest.mark.parametrize("claims", [
    {"preferred_username": ["x"], "name": {"given": "X"}, "email": "no address"},
    {"preferred_username": 7, "name": "X" * 400, "email": f"{'x' * 60}@{LONG}.org"},
    {"preferred_username": None, "name": None, "email": None},
])  # fmt: skip
def test_whatever_a_provider_tells_somebody_can_sign_in(client, elsewhere, claims):
    elsewhere.knows("w-1", **claims)

    elsewhere.sign_in(client, "w-1")

    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_an_account_at_a_provider_that_is_gone_is_no_way_in(client, elsewhere, dora):
    elsewhere.sign_in(client, dora)
    user = User.objects.get()
    user.socialaccount_set.create(provider="gone", uid="g-1")

    page = client.post("/account/identities/", {"account": user.socialaccount_set.get(uid=dora).pk})

    assert "only way to sign in" in page.text


def test_the_auth_api_makes_people_known_only_where_that_is_asked_and_can_be(client, elsewhere, alice):
    _, secret = accounts.make_token(user=alice, name="t", expires_at=timezone.now() + timedelta(days=1))
    names = "erna@facility.example,Erna@facility.example,erna@nowhere.example,a%00b@facility.example"

    def ask(how):
        address = f"/api/auth/v2/api/identities?usernames={names}&include=identity_provider{how}"
        told = client.get(address, headers={"Authorization": f"Bearer {secret}"}).json()
        providers = [provider["name"] for provider in told["included"]["identity_providers"]]
        return [(one["username"], one["status"], *providers) for one in told["identities"]]

    assert ask("") == []
    assert ask("&provision=true") == ask("") == [("erna@facility.example", "unused", "Facility")]
