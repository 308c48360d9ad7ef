"""``globus login`` and what follows it. The browser is a Chromium; the command knows nothing but addresses."""

import json
import sys

import pytest
from playwright.sync_api import expect

from apps.accounts.models import Application, Consent, Token
from apps.accounts.services import applications
from tests.clients.people import allow, sign_in, sign_in_by_code
from tests.conftest import PASSWORD
from tests.search.conftest import entry
from tests.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TRANSFER_THAT_ASKS_FOR_GROUPS = (
    "urn:globus:auth:scope:transfer.api.globus.org:all[urn:globus:auth:scope:groups.api.globus.org:all]"
)

SCRIPT = """
import sys
import globus_sdk
config = globus_sdk.GlobusAppConfig(login_flow_manager="local-server", request_refresh_tokens=True)
with globus_sdk.UserApp("script", client_id=sys.argv[1], config=config) as app:
    with globus_sdk.AuthClient(app=app) as client:
        print(client.userinfo()["preferred_username"])
"""


@pytest.fixture
def bobs(laptop, page, bob):
    """Bob's laptop, on which he has signed in."""
    sign_in(laptop, page, "bob")
    return laptop


def live_tokens():
    return Token.objects.filter(revoked_at=None)


def test_a_person_who_signed_in_is_known(bobs, bob, alice):
    identity = str(bob.identities.get().pk)

    assert bobs.globus("whoami") == "bob@vitrine.local\n"
    session = bobs.json("session", "show")["authentications"]
    assert session[identity]["amr"] == ["pwd"]
    assert "bob@vitrine.local" in bobs.globus("session", "show")
    assert bobs.globus("get-identities", identity, "alice@vitrine.local").splitlines()[0] == "bob@vitrine.local"


def test_a_person_finds_what_they_may_see_and_no_more(bobs, index, put, team_urn, alice, urn_of):
    put(entry("open"), entry("of-the-team", team_urn), entry("of-alice", urn_of(alice)))

    found = bobs.json("search", "query", str(index.pk), "-q", "*")
    assert {hit["subject"] for hit in found["gmeta"]} == {"open", "of-the-team"}
    refused = bobs.globus("search", "ingest", str(index.pk), json.dumps({"ingest_data": {}}), status=1)
    assert "403" in refused


def test_a_code_is_copied_by_hand(laptop, page, bob):
    sign_in_by_code(laptop, page, "bob")

    assert laptop.globus("whoami") == "bob@vitrine.local\n"


def test_who_does_not_allow_it_lets_nobody_in(laptop, page, bob):
    with laptop.start("globus", "login") as command:
        allow(page, until(laptop.address), "bob", "Do not allow")
        _, complained = command.communicate(timeout=30)

    assert command.returncode == 1
    assert "The person did not allow it." in complained
    assert not Token.objects.exists()


def test_signing_out_ends_every_token(bobs):
    assert {token.kind for token in live_tokens()} == {"access", "refresh"}

    assert "as bob@vitrine.local" in bobs.globus("logout", "--yes")

    assert not live_tokens().exists()
    assert "globus login" in bobs.globus("whoami", status=4)


def test_an_access_token_that_ended_is_bought_anew_each_time(laptop, page, bob, settings):
    settings.ACCESS_TOKEN_S = 30  # The command holds a token that ends within a minute for ended.
    sign_in(laptop, page, "bob")
    used = Token.objects.filter(kind="refresh", resource_server="auth.globus.org").exclude(used_at=None)

    for times in (1, 2, 3):
        assert laptop.globus("whoami") == "bob@vitrine.local\n"
        assert used.count() == times  # each but the first was bought by the one before it


def test_tokens_that_were_taken_away_ask_for_signing_in(bobs):
    live_tokens().delete()

    assert "globus login" in bobs.globus("search", "index", "list", status=4)


def test_a_session_is_brought_up_to_date(bobs, page):
    before = bobs.json("session", "show")["session_id"]

    sign_in(bobs, page, command=("globus", "session", "update", "bob@vitrine.local"))
    sign_in_by_code(bobs, page, command=("globus", "session", "update", "--all", "--no-local-server"))

    assert bobs.json("session", "show")["session_id"] != before


def test_an_identity_that_is_not_ones_own_is_not_in_the_session(bobs, page, alice):
    assert "not in your identity set" in bobs.globus("session", "update", "alice@vitrine.local", status=1)


def test_a_consent_is_given_later(bobs, page):
    sign_in(bobs, page, command=("globus", "session", "consent", TRANSFER_THAT_ASKS_FOR_GROUPS))

    assert Consent.objects.filter(parent__scope__contains="transfer", scope__contains="groups").exists()
    assert bobs.globus("whoami") == "bob@vitrine.local\n"


def test_a_second_login_needs_no_browser(bobs):
    assert "already logged in" in bobs.globus("login")
    assert bobs.address() == ""


def test_an_installation_takes_itself_away(bobs):
    bobs.globus("logout", "--yes", "--delete-client")

    assert not Application.objects.exclude(template=None).exists()


def test_a_session_for_a_policy_that_there_is_not_is_not_pretended(bobs, page):
    command = ("globus", "session", "update", "--policy", "0d1f0a6e-0000-4000-8000-000000000000")
    with bobs.start(*command) as running:
        page.goto(until(bobs.address))
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_role("button", name="Allow", exact=True)).to_be_disabled()
        page.get_by_role("button", name="Do not allow").click()
        assert running.wait(timeout=30) == 1


def test_a_script_of_the_sdk_signs_a_person_in_by_a_server_of_its_own(laptop, page, alice, bob):
    made, _ = applications.make_application(owner=alice, name="script", kind="native")

    with laptop.start(sys.executable, "-c", SCRIPT, str(made.pk)) as running:
        allow(page, until(laptop.address), "bob")
        said, complained = running.communicate(timeout=30)
    assert said == "bob@vitrine.local\n", complained
