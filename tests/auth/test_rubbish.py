"""Random requests of parts that are nearly right: an answer or a refusal, never a failure."""

import base64
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.services import applications
from tests.auth.conftest import SEARCH_ALL, WEB

pytestmark = pytest.mark.django_db
few = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TOKEN = "/api/auth/v2/oauth2/token"
CLIENT = "00000000-0000-4000-8000-00000000dead"
NASTY = [
    "",
    "\0",
    "a\0b",
    "%00",
    "é",
    "\ud800",
    "x" * 5000,
    "[",
    "]",
    "a[b",
    "*",
    "-1",
    "true",
    "null",
    "<b>",
    "' or 1",
]
HEADERS = ["Basic", "Basic !", "Basic AAA=", "Basic Og==", "Bearer", "Bearer \x7f", "Digest x", "Basic /w=="]
words = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(["openid", SEARCH_ALL, f"openid[{SEARCH_ALL}]", CLIENT, WEB, "code", "S256", "none", "login"]),
    st.text(max_size=8),
)
names = st.sampled_from(
    """
    grant_type client_id client_secret code code_verifier redirect_uri refresh_token token scope device_code include
    access_type response_type state nonce prompt code_challenge code_challenge_method session_required_identities
    session_required_mfa session_message user_code decision ids usernames provision all
    """.split()  # noqa: SIM905 (a list of words reads better so)
)
DEVICE, DEPENDENT = "urn:ietf:params:oauth:grant-type:device_code", "urn:globus:auth:grant_type:dependent_token"
grants = st.sampled_from(["authorization_code", "refresh_token", "client_credentials", "password", DEVICE, DEPENDENT])
requests = st.dictionaries(names, words, max_size=6)
headers = st.one_of(
    st.none(),
    st.sampled_from(
        ["Basic", "Basic !", "Basic AAA=", "Basic Og==", "Bearer", "Bearer \x7f", "Digest x", "Basic /w=="]
    ),
    words.map(lambda word: "Basic " + base64.b64encode(f"{CLIENT}:{word}".encode(errors="replace")).decode()),
)


@pytest.fixture
def gateway(alice, settings):
    settings.FAILURES_ALLOWED = 10**9
    return applications.make_application(owner=alice, name="gateway", kind="confidential", redirect_uris=[WEB])


def form(told):
    return urlencode({name: value.encode(errors="surrogatepass") for name, value in told.items()})


def answered(client, method, path, told, header=None, **known):
    extra = {"Authorization": header} if header else {}
    sent = form({**told, **known})
    if method == "GET":
        return client.get(f"{path}?{sent}", headers=extra).status_code
    return client.post(path, sent, "application/x-www-form-urlencoded", headers=extra).status_code


@few
@given(requests, grants, headers, st.sampled_from(["", "/introspect", "/validate", "/revoke"]), st.booleans())
def test_the_token_endpoints_refuse_rubbish(client, gateway, told, grant, header, door, is_known):
    application, secret = gateway
    known = {"client_id": str(application.pk), "client_secret": secret} if is_known else {}
    status = answered(client, "POST", TOKEN + door, told | {"grant_type": grant}, header, **known)

    assert status in {200, 400, 401}


@few
@given(requests, st.booleans(), st.sampled_from(["GET", "POST"]))
def test_the_page_of_consent_refuses_rubbish(client, gateway, bob, told, is_signed_in, method):
    if is_signed_in:
        client.force_login(bob)
    known = {"client_id": str(gateway[0].pk), "redirect_uri": WEB, "response_type": "code", "scope": "openid"}
    for path in ("/api/auth/v2/oauth2/authorize", f"/api/auth/v2/oauth2/authorize?{form(known | told)}"):
        assert answered(client, method, path, told) in {200, 302, 400, 403}
    client.logout()


@few
@given(requests, headers)
def test_other_doors_refuse_rubbish(client, gateway, bob, told, header):
    basic = "Basic " + base64.b64encode(f"{gateway[0].pk}:{gateway[1]}".encode()).decode()
    for path in ("identities", "identity_providers", f"identities/{CLIENT}/consents", f"clients/{CLIENT}"):
        for shown in (header, basic):
            assert answered(client, "GET", f"/api/auth/v2/api/{path}", told, shown) in {200, 400, 401, 404}
    assert answered(client, "POST", "/api/auth/v2/oauth2/device_authorization", told, header) in {200, 400, 401}
    client.force_login(bob)
    for method in ("GET", "POST"):
        assert answered(client, method, "/account/device/", told) in {200, 302}


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b'{"client": 1}', b'{"client": {}}', b'{"client": {"template_id": null}}'),
        b"[" * 9999,
        b'{"client": {"template_id": "95fdeba8-fac2-42bd-a357-e068d82ff78e", "name": "a\\u0000b"}}',
        b'{"client": {"template_id": "95fdeba8-fac2-42bd-a357-e068d82ff78e", "name": ["x"]}}',
    ],
)
def test_rubbish_registers_nothing(client, db, body):
    answer = client.post("/api/auth/v2/api/clients", body, "application/json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"]
