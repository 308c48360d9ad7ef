from datetime import timedelta

import globus_sdk
import pytest
from django.utils import timezone

from apps.accounts.models import AuthorizationCode, Token
from tests.auth.conftest import GROUPS_ALL, SEARCH_ALL, WEB, answer, let_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_service_gets_one_token_for_itself(service):
    told = service.oauth2_client_credentials_tokens(requested_scopes=[SEARCH_ALL])

    assert set(told.by_resource_server) == {"search.api.globus.org"}
    assert (told["scope"], told["other_tokens"], "refresh_token" in told.data) == (SEARCH_ALL, [], False)
    assert told["expires_in"] == 172_800


def test_each_resource_server_has_a_token_of_its_own_and_sign_in_comes_first(gateway, bob):
    told = let_in(gateway, bob, scopes=[SEARCH_ALL, GROUPS_ALL, "openid", "profile"])

    assert told["resource_server"] == "auth.globus.org"
    assert list(told.by_resource_server) == ["auth.globus.org", "search.api.globus.org", "groups.api.globus.org"]
    assert len({one["refresh_token"] for one in told.by_resource_server.values()}) == 3


def test_the_identity_token_is_signed_and_names_the_person(gateway, bob):
    told = let_in(gateway, bob, scopes=["openid", "profile", "email"])

    claims = told.decode_id_token()
    assert (claims["preferred_username"], claims["email"]) == ("bob@vitrine.local", "bob@example.org")
    assert claims["iss"].endswith("/api/auth")
    assert claims["aud"] == gateway.client_id


def test_a_program_without_a_secret_proves_itself_by_pkce(program, bob):
    told = let_in(program, bob, scopes=[SEARCH_ALL], redirect_uri=None)

    assert told["resource_server"] == "search.api.globus.org"


def test_a_program_without_a_secret_is_refused_without_pkce(program, client, bob):
    client.force_login(bob)
    asked = {"client_id": program.client_id, "response_type": "code", "scope": "openid", "state": "s"}
    response = client.get("/api/auth/v2/oauth2/authorize", {**asked, "redirect_uri": "http://localhost:9/"})

    assert response.status_code == 302
    assert "error=invalid_request" in response["Location"]
    assert "state=s" in response["Location"]


def test_a_code_is_good_once_and_using_it_twice_ends_what_it_bought(gateway, bob):
    gateway.oauth2_start_flow(requested_scopes=[SEARCH_ALL], redirect_uri=WEB)
    code = answer(bob, gateway.oauth2_get_authorize_url())["code"]
    bought = gateway.oauth2_exchange_code_for_tokens(code)["access_token"]

    with pytest.raises(globus_sdk.AuthAPIError, match="invalid_grant"):
        gateway.oauth2_exchange_code_for_tokens(code)
    assert not gateway.oauth2_token_introspect(bought)["active"]


def test_a_code_is_good_for_a_minute(gateway, bob):
    gateway.oauth2_start_flow(requested_scopes=[SEARCH_ALL], redirect_uri=WEB)
    code = answer(bob, gateway.oauth2_get_authorize_url())["code"]
    kept = AuthorizationCode.objects.get()
    assert kept.expires_at - timezone.now() < timedelta(seconds=61)

    AuthorizationCode.objects.update(expires_at=timezone.now())
    with pytest.raises(globus_sdk.AuthAPIError, match="invalid_grant"):
        gateway.oauth2_exchange_code_for_tokens(code)


def test_a_code_is_worth_nothing_to_another_application(gateway, service, program, bob):
    gateway.oauth2_start_flow(requested_scopes=[SEARCH_ALL], redirect_uri=WEB)
    code = answer(bob, gateway.oauth2_get_authorize_url())["code"]

    for other in (service, program):
        with pytest.raises(globus_sdk.AuthAPIError):
            other.oauth2_token({"grant_type": "authorization_code", "code": code, "redirect_uri": WEB})
    assert gateway.oauth2_exchange_code_for_tokens(code)["access_token"]


def test_a_refresh_token_buys_a_new_token_and_the_one_that_follows_it(gateway, bob):
    first = let_in(gateway, bob, scopes=[SEARCH_ALL])
    second = gateway.oauth2_refresh_token(first["refresh_token"])

    assert second["scope"] == SEARCH_ALL
    assert second["refresh_token"] != first["refresh_token"]
    assert gateway.oauth2_token_introspect(second["access_token"])["active"]


def test_a_refresh_token_may_be_shown_twice_in_a_hurry(gateway, bob):
    first = let_in(gateway, bob, scopes=[SEARCH_ALL])["refresh_token"]
    answers = [gateway.oauth2_refresh_token(first) for _ in range(2)]

    assert all(gateway.oauth2_token_introspect(one["access_token"])["active"] for one in answers)
    assert all(gateway.oauth2_refresh_token(one["refresh_token"])["access_token"] for one in answers)


def test_a_refresh_token_that_was_followed_and_comes_back_ends_them_all(gateway, bob):
    first = let_in(gateway, bob, scopes=[SEARCH_ALL])["refresh_token"]
    second = gateway.oauth2_refresh_token(first)
    third = gateway.oauth2_refresh_token(second["refresh_token"])
    Token.objects.exclude(used_at=None).update(used_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(globus_sdk.AuthAPIError, match="invalid_grant"):
        gateway.oauth2_refresh_token(first)
    assert not gateway.oauth2_token_introspect(third["access_token"])["active"]
    with pytest.raises(globus_sdk.AuthAPIError, match="invalid_grant"):
        gateway.oauth2_refresh_token(third["refresh_token"])


def test_a_script_that_keeps_its_first_refresh_token_for_ever_goes_on_working(gateway, bob):
    first = let_in(gateway, bob, scopes=[SEARCH_ALL])["refresh_token"]
    for _ in range(3):
        Token.objects.update(created_at=timezone.now() - timedelta(days=2))
        assert gateway.oauth2_refresh_token(first)["access_token"]

    live = Token.objects.filter(kind=Token.Kind.REFRESH, revoked_at=None)
    assert live.count() == 2  # the one that it keeps, and the last that followed it


def test_a_revoked_token_is_worth_nothing(gateway, bob):
    told = let_in(gateway, bob, scopes=[SEARCH_ALL, GROUPS_ALL])
    search, groups = told.by_resource_server.values()
    gateway.oauth2_revoke_token(search["refresh_token"])

    assert not gateway.oauth2_token_introspect(search["access_token"])["active"]
    assert gateway.oauth2_token_introspect(groups["access_token"])["active"]
    with pytest.raises(globus_sdk.AuthAPIError, match="invalid_grant"):
        gateway.oauth2_refresh_token(search["refresh_token"])


def test_tokens_of_another_application_are_not_told_of_and_not_ended(gateway, service, bob):
    theirs = let_in(gateway, bob, scopes=[SEARCH_ALL])["access_token"]
    service.oauth2_revoke_token(theirs)

    assert service.oauth2_token_introspect(theirs).data == {"active": False}
    assert gateway.oauth2_token_introspect(theirs)["username"] == "bob@vitrine.local"


@pytest.mark.parametrize("scope", ["nonsense", "openid[", "urn:globus:auth:scope:nexus.api.globus.org:groups", ""])
def test_scopes_that_nobody_offers_are_refused_in_words(service, scope):
    with pytest.raises(globus_sdk.AuthAPIError) as refused:
        service.oauth2_token({"grant_type": "client_credentials", "scope": scope})

    assert refused.value.http_status == 400
    assert "scope" in refused.value.text


def test_a_wrong_secret_is_refused(confidential, gateway):
    wrong = confidential(gateway.client_id, "wrong")

    with pytest.raises(globus_sdk.AuthAPIError) as refused:
        wrong.oauth2_client_credentials_tokens(requested_scopes=[SEARCH_ALL])
    assert refused.value.http_status == 401
