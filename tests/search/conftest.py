"""An index that Alice owns, and what puts entries into it and reads answers out of it, on the embedded engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.access import services as access
from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.search import ingest
from apps.search import services as search
from apps.search.backends import engine
from apps.search.models import Index, Task
from apps.search.types import EntryDraft, Operation, Query, Request, Store


@pytest.fixture
def index(alice) -> Iterator[Index]:
    made = search.create_index(actor=alice, display_name="Runs", slug="runs")
    yield made
    for generation in list(engine().stores(str(made.pk))):
        engine().drop(Store(str(made.pk), generation))


@pytest.fixture
def put(index, alice):
    """Ingest operations as Alice, and apply them as a worker does; gives the task."""

    def put(*operations: Operation) -> Task:
        task = search.submit_entries(index=index, actor=alice, entries=operations)
        return drained(task)

    return put


def drained(task: Task) -> Task:
    ingest.drain(task.index_id, clock=timezone.now)
    task.refresh_from_db()
    return task


def entry(subject: str, visible_to: str | tuple[str, ...] = "public", *, id: str = "", **content: object) -> EntryDraft:
    who = (visible_to,) if isinstance(visible_to, str) else visible_to
    return EntryDraft(subject, content or {"title": subject}, who, entry_id=id)


@pytest.fixture
def find(index):
    """Subjects that an actor finds, in order."""

    def find(actor=None, query: Query | None = None, **request: object) -> list[str]:
        index.refresh_from_db()
        page = search.find(index=index, request=Request(query or Query(by_subject=True), **request), actor=actor)
        return [record.subject for record in page.records]

    return find


@pytest.fixture
def urn_of():
    return lambda user: identity_urn(accounts.identity_ids_of(user)[0])


@pytest.fixture
def team_urn(team):
    return group_urn(team.pk)


@pytest.fixture
def api():
    """A client of the API for each person (None: nobody), by personal access token."""

    def client(user=None) -> APIClient:
        made = APIClient()
        if user is not None:
            _, secret = accounts.make_token(user=user, name="tests", expires_at=timezone.now() + timedelta(hours=1))
            made.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return made

    return client


@pytest.fixture
def grant(index, urn_of):
    return lambda user, role: access.grant(index.resource, role, urn_of(user))
