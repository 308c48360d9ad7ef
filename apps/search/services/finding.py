"""Finding records: each caller gets just what is visible to them, whichever way they ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import CharField, UUIDField

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts import services as accounts
from apps.common import quick_json
from apps.common.errors import NotAllowed, NotAuthenticated
from apps.common.prepared import Prepared, Slot
from apps.search import content as contents
from apps.search.analysis import words
from apps.search.errors import NoSuchSubject
from apps.search.models import Entry, Index
from apps.search.services.asking import ask, read_cursor, total, write_cursor
from apps.search.services.correcting import did_you_mean
from apps.search.types import (
    ALL_AUTHENTICATED,
    Audience,
    Hit,
    InSet,
    Page,
    Query,
    Record,
    Request,
    VisibleEntry,
    Words,
)

EXPORT_PAGE = 1000
ENTRIES_AT_ONCE = 100
EntryRow = tuple[str, str, str, list[str], dict[str, Any], datetime]
NO_EXPLANATION = (
    "Scores tell how many records hold a word, hidden ones too, so that they are explained only to those "
    "who have a role on the index. Ask for highlights to be shown where the words stand."
)


def find(*, index: Index, request: Request, actor: Actor) -> Page:
    """Answer a question.

    Raises:
        NotAllowed: ``sees_all`` by one who does not administer the index; ``explains`` by one without a role on it.
        NotAuthenticated: principal sets are asked for by nobody.
        InvalidQuery: the cursor is not of this question.
    """
    caller = _caller(index, actor)
    audience = caller.audience(sees_all=request.sees_all)
    query = _query(request, caller)
    results = ask(index, query, audience)
    records = _records(index, results.hits, audience, request, knows=bool(caller.roles))
    has_next = _has_next(query, results.total, len(results.hits))
    correction = did_you_mean(index, query, audience) if request.suggests and results.total == 0 else ""
    return Page(
        total=results.total,
        records=tuple(records),
        facets=results.facets,
        has_next=has_next,
        next_cursor=write_cursor(query, results.hits[-1].cursor) if has_next and results.hits else None,
        did_you_mean=correction,
    )


def audience_of(index: Index, actor: Actor, *, sees_all: bool = False) -> Audience:
    """Whose eyes an answer is for; roles are looked up for ``sees_all`` alone.

    Raises:
        NotAllowed: ``sees_all`` by one who does not administer the index.
    """
    if sees_all:
        return _caller(index, actor).audience(sees_all=True)
    return Audience(access.principals_of(actor))


def count(*, index: Index, actor: Actor) -> int:
    """How many subjects the actor sees."""
    return total(index, Audience(access.principals_of(actor)))


def record(
    *,
    index: Index,
    subject: str,
    actor: Actor,
    sees_all: bool = False,
    entry_id: str | None = None,
    principal_sets: tuple[str, ...] = (),
) -> Record:
    """A subject as the actor sees it, from the database; with ``entry_id`` just that entry ("" is the null entry).

    Raises:
        NoSuchSubject: there is none, or nothing of it is visible to the actor.
    """
    if "\0" in subject:  # PostgreSQL refuses the question.
        raise NoSuchSubject
    caller = _caller(index, actor)
    audience = caller.audience(sees_all=sees_all)
    request = Request(Query(), sees_all=sees_all, principal_sets=principal_sets)
    found = _entries(index, [subject], audience, request, knows=bool(caller.roles)).get(subject, [])
    entries = tuple(entry for entry in found if entry_id is None or entry.entry_id == entry_id)
    if not entries:
        raise NoSuchSubject
    return Record(subject, entries)


def records(*, index: Index, subjects: Sequence[str], actor: Actor) -> dict[str, Record]:
    """Those of the subjects that the actor sees, from the database, whether or not an engine is there."""
    audience = Audience(access.principals_of(actor))
    found = _entries(index, list(subjects), audience, Request(Query()), knows=False)
    return {subject: Record(subject, tuple(entries)) for subject, entries in found.items()}


def suggest(*, index: Index, prefix: str, actor: Actor, size: int = 8) -> list[tuple[str, int]]:
    """Words that begin as the last word of ``prefix`` does, with the number of subjects that the actor sees them in."""
    typed = words(prefix)
    if not typed:
        return []
    facet = Words(name="words", path="", prefix=typed[-1], size=size)
    query = Query(limit=0, facets=(facet,), counts_total=False)
    [found] = ask(index, query, Audience(access.principals_of(actor))).facets
    return [(str(bucket.value), bucket.count) for bucket in found.buckets]


def export(*, index: Index, request: Request, actor: Actor) -> Iterator[Record]:
    """All records that match, in the order of their subjects, a page at a time; no facets, sort or paging."""
    caller = _caller(index, actor)
    audience = caller.audience(sees_all=request.sees_all)
    asked = _query(replace(request, cursor=""), caller)
    query = replace(
        asked, facets=(), sort=(), boosts=(), by_subject=True, offset=0, limit=EXPORT_PAGE, counts_total=False
    )
    return _export(index, query, audience, request, knows=bool(caller.roles))


def _export(index: Index, query: Query, audience: Audience, request: Request, *, knows: bool) -> Iterator[Record]:
    while True:
        hits = ask(index, query, audience).hits
        yield from _records(index, hits, audience, request, knows=knows)
        if len(hits) < query.limit:
            return
        query = replace(query, after=hits[-1].cursor)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: their principals, and their roles on the index. Whoever has a role may know who sees what."""

    index: Index
    principals: frozenset[str]
    roles: frozenset[str]

    def audience(self, *, sees_all: bool = False) -> Audience:
        """What they may see of the index.

        That all of it was looked at is told to the audit log, of who sends the request: an administrator may look as
        somebody else.
        """
        if not sees_all:
            return Audience(self.principals)
        if self.roles.isdisjoint({"owner", "admin"}):
            raise NotAllowed("Only administrators of the index may use bypass_visible_to. Leave it out.")
        accounts.record_once("visibility.bypassed", kind="index", id=self.index.pk, name=self.index.display_name)
        return Audience.everything()


def _caller(index: Index, actor: Actor) -> Caller:
    principals = access.principals_of(actor)
    if ALL_AUTHENTICATED not in principals:
        return Caller(index, principals, frozenset())
    return Caller(index, principals, access.role_names(actor, index.resource, principals=principals))


def _query(request: Request, caller: Caller) -> Query:
    query = request.query
    if query.explains and not caller.roles:
        raise NotAllowed(NO_EXPLANATION, place="explain")
    if request.shapes:  # Pages have none: they show all that a facet says.
        shaped = zip(query.facets, request.shapes, strict=True)
        query = replace(
            query, facets=tuple(replace(facet, counts_missing=shape.needs_missing) for facet, shape in shaped)
        )
    if request.principal_sets:
        tokens = _tokens(request, caller)
        query = replace(query, filters=(*query.filters, InSet(tuple(sorted(tokens)))))
    if request.cursor:
        query = replace(query, after=read_cursor(query, request.cursor), offset=0)
    return query


def _tokens(request: Request, caller: Caller) -> frozenset[str]:
    own = {one for one in caller.principals if one.startswith("urn:")}
    if not own:
        raise NotAuthenticated("filter_principal_sets asks who you are. Sign in, or leave it out.")
    return frozenset(f"{name}\0{principal}" for name in request.principal_sets for principal in own)


def _has_next(query: Query, found: int, here: int) -> bool:
    if query.after is not None or not query.counts_total:
        return here == query.limit and here > 0
    return query.offset + here < found


# --- from hits to records ------------------------------------------------------------------------------------------


def _records(index: Index, hits: Sequence[Hit], audience: Audience, request: Request, *, knows: bool) -> list[Record]:
    """The records of the hits, in their order, from the database.

    What it says of visibility decides: an entry that was hidden a moment ago does not show, though the engine may not
    know yet.
    """
    entries = _entries(index, [hit.subject for hit in hits], audience, request, knows=knows)
    marked = frozenset(request.query.words) if request.highlights else frozenset()
    return [
        Record(
            subject=hit.subject,
            entries=tuple(visible),
            score=hit.score,
            highlights=tuple(contents.highlights([entry.content for entry in visible], marked)) if marked else (),
            explanation=hit.explanation,
        )
        for hit in hits
        if (visible := entries.get(hit.subject))
    ]


def _rows(index: Index, subjects: list[str]) -> Iterator[EntryRow]:
    for start in range(0, len(subjects), ENTRIES_AT_ONCE):
        some = subjects[start : start + ENTRIES_AT_ONCE]
        yield from _entries_of(len(some))(index=index.pk, **{f"s{n}": one for n, one in enumerate(some)})


@lru_cache(maxsize=ENTRIES_AT_ONCE)
def _entries_of(count: int) -> Prepared[EntryRow]:
    """What is shown of the entries of so many subjects, ``s0``, ``s1`` and so on."""
    subjects = [Slot(f"s{n}", CharField()) for n in range(count)]
    return Prepared(
        lambda: Entry.objects.filter(index=Slot("index", UUIDField()), subject__in=subjects).values_list(
            "subject", "entry_id", "content_text", "visible_to", "principal_sets", "updated_at"
        )
    )


def _entries(
    index: Index, subjects: list[str], audience: Audience, request: Request, *, knows: bool
) -> dict[str, list[VisibleEntry]]:
    found: dict[str, list[VisibleEntry]] = {}
    for subject, entry_id, text, visible_to, sets, updated_at in _rows(index, subjects):
        if not audience.sees(visible_to):
            continue
        matched = _matched(request.principal_sets, sets, audience)
        if request.principal_sets and not matched:
            continue
        shown = _projected(text, request.fields)
        who = tuple(visible_to) if knows else ()
        found.setdefault(subject, []).append(VisibleEntry(entry_id, shown, matched, who, updated_at.isoformat()))
    for several in found.values():
        several.sort(key=lambda entry: entry.entry_id)
    return found


def _projected(text: str, fields: Sequence[str]) -> str:
    """A content of which nothing is left out goes from the database to the answer unread."""
    return quick_json.dumps(contents.project(quick_json.loads(text), fields)).decode() if fields else text


def _matched(asked: tuple[str, ...], sets: dict[str, Any], audience: Audience) -> tuple[str, ...]:
    if not asked:
        return ()
    return tuple(name for name in asked if name in sets and audience.sees(sets[name]))
