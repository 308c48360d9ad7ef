"""The API as its callers have it: clients by token, the unmodified SDK, and the index of ``tests.search``."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import globus_sdk
import pytest
from django.utils import timezone
from globus_sdk.transport import RetryConfig

from apps.accounts import services as accounts
from tests.search.conftest import api, entry, grant, index, put, team_urn, urn_of

__all__ = ["api", "grant", "index", "put", "sdk", "shelf", "team_urn", "token", "urn_of", "v1"]


@pytest.fixture
def token(db) -> Callable[..., str]:
    """A personal access token of a person."""

    def token(user) -> str:
        return accounts.make_token(user=user, name="tests", expires_at=timezone.now() + timedelta(hours=1))[1]

    return token


@pytest.fixture
def v1(index) -> Callable[..., str]:
    """An address of the index."""
    return lambda rest="": f"/api/search/v1/index/{index.pk}{rest and '/'}{rest}"


@pytest.fixture
def server(live_server):
    """A server of the project in a thread, with the database of the tests."""
    yield live_server
    gc.collect()  # An error of the SDK keeps its connection open, and is part of a ring with its traceback.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:  # It must not outlive the database's connection, which it shares.
            thread.join(timeout=1)


@pytest.fixture
def sdk(server, token) -> Iterator[Callable[..., globus_sdk.SearchClient]]:
    """The SDK's client of a live server, for each person (None: nobody). It does not repeat what failed."""
    with ExitStack() as stack:

        def sdk(user=None) -> globus_sdk.SearchClient:
            authorizer = globus_sdk.AccessTokenAuthorizer(token(user)) if user else globus_sdk.NullAuthorizer()
            base_url, retry = f"{server.url}/api/search", RetryConfig(max_retries=0)
            made = globus_sdk.SearchClient(authorizer=authorizer, base_url=base_url, retry_config=retry)
            stack.callback(made.close)
            return made

        yield sdk


@pytest.fixture
def shelf(put, team_urn, urn_of, alice):
    """Five records: three are public, one is the team's, and the last has an entry more that is Alice's."""
    put(
        entry("sub/1", title="Lysozyme soaked", kind="run", rate=1, made="2021-04-30", tags=["hot", "cold"]),
        entry("sub/2", title="Lysozyme dry", kind="run", rate=2.5, made="2021-05-01", tags=["hot"]),
        entry("sub/3", title="Proteinase", kind="map", rate=10, made="2022-01-01", is_good=True),
        entry("sub/4", team_urn, title="Lysozyme of the team", kind="run", rate=100, made="2022-06-01"),
        entry("sub/5", title="Thaumatin", kind="map", made="2023-01-01"),
        entry("sub/5", urn_of(alice), id="notes", remark="Kept by Alice", kind="note"),
    )


@pytest.fixture
def ask(api, v1) -> Callable[..., dict]:
    """Ask the index: a text is a query string, a dict a document; gives the answer, which must have the status."""

    def ask(question, user=None, *, status=200, at="search", version=None) -> dict:
        client = api(user)
        if isinstance(question, str):
            answer = client.get(f"{v1(at)}?{question}")
        else:
            document = question | ({"@version": version} if version else {})
            answer = client.post(v1(at), document, format="json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return ask
