import pytest
from django.test import Client

from apps.accounts.models import AuditEvent, Consent, Token
from tests.auth.conftest import GROUPS_ALL, SEARCH_ALL, WEB, answer, let_in, path_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_service_that_was_shown_a_token_acts_elsewhere_as_far_as_the_person_allowed(gateway, provider, bob):
    client, scope = provider
    shown = let_in(gateway, bob, scopes=[f"{scope}[{SEARCH_ALL} *{GROUPS_ALL}]"])
    told = client.oauth2_get_dependent_tokens(shown["access_token"])

    assert set(told.by_resource_server) == {"search.api.globus.org", "groups.api.globus.org"}
    assert isinstance(told.data, list)
    search = told.by_resource_server["search.api.globus.org"]["access_token"]
    assert Token.objects.get(pk=Token.objects.get(prefix=search[:8]).pk).user == bob


def test_what_the_person_left_out_is_not_given_to_the_service(gateway, provider, bob):
    client, scope = provider
    gateway.oauth2_start_flow(requested_scopes=f"{scope}[{SEARCH_ALL} *{GROUPS_ALL}]", redirect_uri=WEB)
    code = answer(bob, gateway.oauth2_get_authorize_url(), optional_shown=[GROUPS_ALL])["code"]
    shown = gateway.oauth2_exchange_code_for_tokens(code)["access_token"]

    assert set(client.oauth2_get_dependent_tokens(shown).by_resource_server) == {"search.api.globus.org"}


def test_a_token_that_was_shown_to_another_buys_nothing(gateway, provider, service, bob):
    _, scope = provider
    shown = let_in(gateway, bob, scopes=[f"{scope}[{SEARCH_ALL}]"])["access_token"]

    for thief in (gateway, service):
        with pytest.raises(Exception, match="invalid_grant"):
            thief.oauth2_get_dependent_tokens(shown)


def test_the_forest_of_consents_meets_what_the_sdk_asks_of_it(gateway, provider, bob, portal):
    _, scope = provider
    asked = f"{scope}[{SEARCH_ALL}]"
    tokens = let_in(gateway, bob, scopes=["openid", "urn:globus:auth:scope:auth.globus.org:view_consents", asked])
    forest = consents_of(portal, tokens)

    assert forest.meets_scope_requirements(asked)
    assert not forest.meets_scope_requirements(f"{scope}[{GROUPS_ALL}]")


def consents_of(portal, tokens):
    from contextlib import closing

    import globus_sdk

    shown = tokens.by_resource_server["auth.globus.org"]["access_token"]
    authorizer = globus_sdk.AccessTokenAuthorizer(shown)
    with closing(globus_sdk.AuthClient(base_url=f"{portal}/api/auth/", authorizer=authorizer)) as auth:
        return auth.get_consents(tokens.decode_id_token()["sub"]).to_forest()


def test_a_person_is_not_asked_again_for_what_they_allowed(gateway, bob, client):
    let_in(gateway, bob, scopes=[SEARCH_ALL])
    gateway.oauth2_start_flow(requested_scopes=[SEARCH_ALL], redirect_uri=WEB)
    client.force_login(bob)

    known = client.get(path_of(gateway.oauth2_get_authorize_url()))
    assert known.status_code == 302
    assert "code=" in known["Location"]
    asked = client.get(path_of(gateway.oauth2_get_authorize_url(query_params={"prompt": "consent"})))
    assert asked.status_code == 200


def test_a_program_that_could_be_another_asks_each_time(program, bob, client):
    let_in(program, bob, scopes=[SEARCH_ALL], redirect_uri=None)
    program.oauth2_start_flow(requested_scopes=[SEARCH_ALL])
    client.force_login(bob)

    assert client.get(path_of(program.oauth2_get_authorize_url())).status_code == 200


def test_disconnecting_ends_all_that_the_application_had(gateway, bob):
    had = let_in(gateway, bob, scopes=[SEARCH_ALL, GROUPS_ALL])
    browser = Client()
    browser.force_login(bob)
    browser.post(f"/account/connections/{gateway.client_id}/disconnect/")

    assert not Consent.objects.filter(user=bob).exists()
    assert not any(
        gateway.oauth2_token_introspect(one[kind])["active"]
        for one in had.by_resource_server.values()
        for kind in ("access_token", "refresh_token")
    )
    assert AuditEvent.objects.filter(action="consent.withdrawn", target_name="gateway").count() == 1


def test_nobody_disconnects_for_another(gateway, bob, charlie):
    had = let_in(gateway, bob, scopes=[SEARCH_ALL])
    browser = Client()
    browser.force_login(charlie)

    assert browser.post(f"/account/connections/{gateway.client_id}/disconnect/").status_code == 404
    assert gateway.oauth2_token_introspect(had["access_token"])["active"]


def test_what_other_applications_may_do_is_told_with_a_scope_of_its_own(gateway, bob, client):
    view = "urn:globus:auth:scope:auth.globus.org:view_consents"
    address = f"/api/auth/v2/api/identities/{bob.identities.get().pk}/consents"

    for scopes, status in ((["openid"], 403), (["openid", view], 200)):
        headers = {"Authorization": f"Bearer {let_in(gateway, bob, scopes=scopes)['access_token']}"}
        assert client.get(address, headers=headers).status_code == 200
        assert client.get(f"{address}?all=true", headers=headers).status_code == status
