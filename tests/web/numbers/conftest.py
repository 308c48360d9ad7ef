"""An index that holds random records for as long as they are asked about, and what the callers are there."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from apps.access.types import ALL_AUTHENTICATED, PUBLIC, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.search import services as search
from apps.search.backends import engine
from apps.search.models import Index
from apps.search.types import EntryDraft, Store
from tests.web.numbers.records import PRESENTATION, Records


class Library:
    """The index of the records that were asked about last: while a failing page shrinks, nothing is written again."""

    def __init__(self, owner, put, principals):
        self._owner, self._put, self._principals = owner, put, principals
        self._key, self._held = "", dict[str, Index]()

    def holding(self, records: Records) -> Index:
        return self.holding_each({"one": records})["one"]

    def holding_each(self, wanted: dict[str, Records]) -> dict[str, Index]:
        key = repr(wanted)
        if key != self._key:
            self.clear()
            self._key, self._held = key, {name: self._filled(records) for name, records in wanted.items()}
        return self._held

    def _filled(self, records: Records) -> Index:
        index = search.create_index(
            actor=self._owner,
            display_name="Numbers",
            slug=f"numbers{uuid4().hex[:12]}",
            visible_to=(PUBLIC,),
            presentation=PRESENTATION,
        )
        self._put(index, self._owner, *(draft for record in records for draft in self._drafts(record)))
        return index

    def _drafts(self, record) -> Iterator[EntryDraft]:
        for at, (who, content) in enumerate(record.entries):
            visible_to = tuple(self._principals[one] for one in who)
            yield EntryDraft(record.subject, content, visible_to, entry_id=str(at) if at else "")

    def clear(self) -> None:
        """The indexes that were held are no more, so that home does not name them."""
        for index in self._held.values():
            for generation in list(engine().stores(str(index.pk))):
                engine().drop(Store(str(index.pk), generation))
            index.delete()
        self._key = ""


@pytest.fixture
def library(alice, bob, charlie, team, put):
    people = {"alice": alice, "bob": bob, "charlie": charlie}
    principals = {name: identity_urn(accounts.identity_ids_of(user)[0]) for name, user in people.items()}
    principals |= {"public": PUBLIC, "signed in": ALL_AUTHENTICATED, "team": group_urn(team.pk)}
    library = Library(alice, put, principals)
    yield library
    library.clear()


@pytest.fixture
def clients(alice, bob, charlie):
    """A browser for each of the four."""
    made = {name: Client() for name in ("alice", "bob", "charlie", "nobody")}
    for name, user in (("alice", alice), ("bob", bob), ("charlie", charlie)):
        made[name].force_login(user)
    return made
