"""What is answered, held against the answers with which the SDK tests itself, through the unmodified client."""

import uuid
from contextlib import closing

import globus_sdk
import pytest

from apps.accounts.services.applications import COMMAND_LINE
from tests.api.oracle import differences, fixture
from tests.auth.conftest import GROUPS_ALL, SEARCH_ALL, let_in

pytestmark = pytest.mark.django_db(transaction=True)
AUTH = "urn:globus:auth:scope:auth.globus.org"


def unlike(answer, name, case="default"):
    return differences(answer.data, fixture(name, case, service="auth"))


@pytest.fixture
def own(portal, gateway, bob):
    """The SDK's client with which Bob asks about himself."""
    scopes = ["openid", "profile", "email", f"{AUTH}:view_identity_set", f"{AUTH}:view_consents"]
    tokens = let_in(gateway, bob, scopes=[*scopes, f"{SEARCH_ALL}[*{GROUPS_ALL}]"])
    authorizer = globus_sdk.AccessTokenAuthorizer(tokens["access_token"])
    with closing(globus_sdk.AuthClient(base_url=f"{portal}/api/auth/", authorizer=authorizer)) as made:
        yield made


def test_tokens_for_a_secret(service):
    told = service.oauth2_client_credentials_tokens([SEARCH_ALL])
    assert unlike(told, "oauth2_client_credentials_tokens") == []

    told = service.oauth2_client_credentials_tokens(["openid"])
    assert unlike(told, "oauth2_client_credentials_tokens", "openid") == []
    assert told.decode_id_token()["sub"] == service.client_id


def test_tokens_for_a_code(gateway, bob):
    told = let_in(gateway, bob, scopes=[SEARCH_ALL], state="_default")
    assert unlike(told, "oauth2_exchange_code_for_tokens") == []

    told = let_in(gateway, bob, scopes=["openid"])
    assert unlike(told, "oauth2_exchange_code_for_tokens", "openid") == []


def test_tokens_for_a_token_that_was_shown(gateway, provider, bob):
    client, scope = provider
    shown = let_in(gateway, bob, scopes=[f"{scope}[{GROUPS_ALL}]"])["access_token"]

    told = client.oauth2_get_dependent_tokens(shown)
    assert unlike(told, "oauth2_get_dependent_tokens", "groups") == []
    told = client.oauth2_get_dependent_tokens(shown, refresh_tokens=True)
    assert unlike(told, "oauth2_get_dependent_tokens", "groups_with_refresh_token") == []


def test_a_token_that_is_looked_at_and_then_ended(gateway, bob):
    token = let_in(gateway, bob, scopes=["openid", "email", "profile"])["access_token"]

    assert unlike(gateway.oauth2_token_introspect(token), "oauth2_token_introspect") == []
    assert unlike(gateway.oauth2_revoke_token(token), "oauth2_revoke_token") == []
    assert gateway.oauth2_token_introspect(token).data == {"active": False}


def test_people(own, alice, bob):
    both = [identity.pk for user in (alice, bob) for identity in user.identities.all()]

    assert unlike(own.get_identities(ids=both), "get_identities", "multiple") == []
    assert unlike(own.get_identities(usernames="alice@vitrine.local"), "get_identities") == []
    assert own.get_identities(ids=uuid.uuid4()).data == fixture("get_identities", "empty", service="auth")


def test_where_people_come_from(own):
    provider = own.userinfo()["identity_provider"]

    assert unlike(own.get_identity_providers(domains="vitrine.local"), "get_identity_providers", "globusid") == []
    assert own.get_identity_providers(ids=provider)["identity_providers"][0]["domains"] == ["vitrine.local"]


def test_consents(own):
    told = own.get_consents(own.userinfo()["sub"], all=True)

    assert unlike(told, "get_consents") == []
    assert told.to_forest().meets_scope_requirements(f"{SEARCH_ALL}[*{GROUPS_ALL}]")


def test_an_installation_that_registers_itself(program):
    told = program.create_native_app_instance(COMMAND_LINE, "A laptop")

    # The fixture wraps once more what the globus command reads unwrapped.
    assert differences(told.data, fixture("create_native_app_instance", service="auth")["client"]) == []


def test_who_one_is(own, service):
    assert {"sub", "preferred_username", "name", "email", "identity_set"} <= set(own.userinfo().data)

    silent = service.oauth2_client_credentials_tokens([f"{AUTH}:view_identities"])["access_token"]
    for case, token in (("forbidden", silent), ("unauthorized", "wrong")):
        own.authorizer = globus_sdk.AccessTokenAuthorizer(token)
        with pytest.raises(globus_sdk.AuthAPIError) as refused:
            own.userinfo()
        assert differences(refused.value.raw_json, fixture("userinfo", case, service="auth")) == []
