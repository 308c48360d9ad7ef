"""The Timers API as its callers have it: the SDK's clients of a live server for each person."""

from contextlib import ExitStack

import globus_sdk
import pytest
from globus_sdk.transport import RetryConfig

from tests.api.conftest import server, token
from tests.search.conftest import api

__all__ = ["api", "server", "token"]


@pytest.fixture
def sdk(server, token, monkeypatch):
    """The SDK's client for a person. It repeats nothing."""
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_TIMER", f"{server.url}/api/timers/")
    with ExitStack() as stack:

        def sdk(user):
            authorizer = globus_sdk.AccessTokenAuthorizer(token(user))
            made = globus_sdk.TimersClient(authorizer=authorizer, retry_config=RetryConfig(max_retries=0))
            stack.callback(made.close)
            return made

        yield sdk
