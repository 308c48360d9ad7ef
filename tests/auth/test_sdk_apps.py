"""The SDK's apps, which fetch, keep and renew tokens by themselves, with nothing set but the services' addresses."""

from contextlib import ExitStack

import globus_sdk
import pytest
from globus_sdk.login_flows import LoginFlowManager
from globus_sdk.token_storage import MemoryTokenStorage
from globus_sdk.token_storage.validating_token_storage import IdentityMismatchError

from apps.accounts.models import Token
from apps.accounts.services import applications
from tests.api.conftest import index, put
from tests.auth.conftest import GROUPS_ALL, SEARCH_ALL, answer
from tests.search.conftest import entry

__all__ = ["index", "put"]
pytestmark = pytest.mark.django_db(transaction=True)
PLACES = ("auth", "search", "groups")


@pytest.fixture(autouse=True)
def addresses(portal, monkeypatch):
    for name in PLACES:
        monkeypatch.setenv(f"GLOBUS_SDK_SERVICE_URL_{name.upper()}", f"{portal}/api/{name}/")


@pytest.fixture
def use():
    """Closes apps and clients when the test has ended."""
    with ExitStack() as stack:

        def use(made):
            stack.callback(made.close)
            return made

        yield use


@pytest.fixture
def by_browser():
    """How an app of a person has them sign in: a class, as the SDK wants one."""

    def by_browser(user):
        class ByBrowser(LoginFlowManager):
            @classmethod
            def for_globus_app(cls, app_name, login_client, config):
                return cls(login_client, request_refresh_tokens=config.request_refresh_tokens)

            def run_login_flow(self, auth_parameters):
                page = f"{self.login_client.base_url}v2/web/auth-code"
                told = answer(user, self._get_authorize_url(auth_parameters, page))
                return self.login_client.oauth2_exchange_code_for_tokens(told["code"])

        return ByBrowser

    return by_browser


@pytest.fixture
def people(program, by_browser, use):
    """Makes the app of a program for a person."""

    def people(user, **config):
        config = globus_sdk.GlobusAppConfig(
            token_storage=MemoryTokenStorage(), login_flow_manager=by_browser(user), **config
        )
        return use(globus_sdk.UserApp("program", client_id=program.client_id, config=config))

    return people


def test_the_app_of_a_person_signs_them_in_when_it_is_first_needed(people, use, bob, index, put, team):
    put(entry("open"), entry("of-the-team", f"urn:globus:groups:id:{team.pk}"))
    app = people(bob)
    search, auth = use(globus_sdk.SearchClient(app=app)), use(globus_sdk.AuthClient(app=app))
    app.login()

    assert search.search(index.pk, "*")["total"] == 2
    assert auth.userinfo()["preferred_username"] == "bob@vitrine.local"
    assert auth.get_identities(usernames="bob@vitrine.local")["identities"][0]["name"] == "Bob"
    assert auth.get_consents(auth.userinfo()["sub"]).to_forest().meets_scope_requirements("openid")


def test_the_app_renews_what_has_ended(people, use, bob, index, settings):
    settings.ACCESS_TOKEN_S = 30
    app = people(bob, request_refresh_tokens=True)
    search = use(globus_sdk.SearchClient(app=app))
    app.login()

    for _ in range(3):
        assert search.search(index.pk, "*")["total"] == 0
    used = Token.objects.filter(kind="refresh", resource_server="search.api.globus.org").exclude(used_at=None)
    assert used.count() == 3


def test_the_app_asks_for_what_a_service_needs_elsewhere(people, use, bob, index):
    app = people(bob)
    search = use(globus_sdk.SearchClient(app=app))
    app.login()
    search.search(index.pk, "*")
    app.add_scope_requirements({"search.api.globus.org": [f"{SEARCH_ALL}[{GROUPS_ALL}]"]})

    assert app.login_required()  # The SDK reads the consents with a token that allows no more than "openid".
    app.login()
    assert not app.login_required()


def test_an_app_that_signs_out_leaves_no_token(people, use, bob):
    app = people(bob, request_refresh_tokens=True)
    use(globus_sdk.SearchClient(app=app))
    app.login()

    app.logout()

    assert app.login_required()
    assert not Token.objects.filter(revoked_at=None).exists()


def test_an_app_stays_with_the_person_it_began_with(people, bob, charlie, by_browser):
    app = people(bob)
    app.login()
    app._login_flow_manager = by_browser(charlie)(app._login_client)

    with pytest.raises(IdentityMismatchError):
        app.login(force=True)


def test_the_app_of_a_program_needs_nobody(alice, portal, use, index, put):
    put(entry("open"))
    made, secret = applications.make_application(owner=alice, name="nightly", kind="service")
    app = use(globus_sdk.ClientApp("nightly", client_id=made.pk, client_secret=secret))
    search, auth = use(globus_sdk.SearchClient(app=app)), use(globus_sdk.AuthClient(app=app))

    assert search.search(index.pk, "*")["total"] == 1
    assert auth.userinfo()["preferred_username"] == f"{made.pk}@clients.auth.globus.org"
