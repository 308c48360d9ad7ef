from datetime import UTC, datetime, timedelta

import globus_sdk
import pytest

from apps.accounts import services as accounts


@pytest.fixture
def auth(live_server):
    """Makes the field's own client, with a token or with one that does not work."""

    def make(token):
        authorizer = globus_sdk.AccessTokenAuthorizer(token)
        return globus_sdk.AuthClient(base_url=f"{live_server.url}/api/auth/", authorizer=authorizer)

    return make


def test_the_unmodified_client_is_told_who_the_caller_is(auth, alice):
    _, secret = accounts.make_token(user=alice, name="sdk", expires_at=datetime.now(UTC) + timedelta(hours=1))

    told = auth(secret).userinfo()

    assert (told["preferred_username"], told["name"]) == ("alice@vitrine.local", "Alice")


def test_the_unmodified_client_reads_our_errors(auth, db):
    with pytest.raises(globus_sdk.AuthAPIError) as refused:
        auth("wrong").userinfo()

    assert (refused.value.http_status, refused.value.code) == (401, "UNAUTHORIZED")
    assert "revoked" in refused.value.message
    assert refused.value.request_id
