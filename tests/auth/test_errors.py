"""What the unmodified clients read of a refusal at the token endpoint."""

import globus_sdk
import pytest

from tests.auth.conftest import SEARCH_ALL

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_wrong_secret_is_told_so_that_the_clients_know_what_to_do(service, confidential):
    stranger = confidential(service.client_id, "wrong")

    with pytest.raises(globus_sdk.AuthAPIError) as refused:
        stranger.oauth2_client_credentials_tokens(requested_scopes=[SEARCH_ALL])
    assert (refused.value.http_status, refused.value.code) == (401, "UNAUTHORIZED")
    assert refused.value.message.startswith("invalid_client")


def test_a_scope_that_is_not_offered_is_named(service):
    with pytest.raises(globus_sdk.AuthAPIError) as refused:
        service.oauth2_client_credentials_tokens(requested_scopes=["everything"])
    assert (refused.value.http_status, refused.value.code) == (400, "INVALID_SCOPE")
    assert "everything" in refused.value.message
