"""How a question reaches the engine: the one way, for hits, counts, suggestions and exports alike.

A cursor is the sort keys of the last hit and its subject. No point in time is held open in an engine for it: so it
costs nothing, does not end, and survives a restart and a rebuild; what is written meanwhile may show on later pages.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from apps.common.digest import digest_of
from apps.search import places
from apps.search.backends import engine
from apps.search.backends.base import NoSuchStore
from apps.search.codec import encode
from apps.search.errors import InvalidQuery
from apps.search.models import Index, Path
from apps.search.services.sealing import seal, unseal
from apps.search.types import Audience, Clause, Cursor, Distinct, Kind, Query, Results, Terms


def ask(index: Index, query: Query, audience: Audience) -> Results:
    """Ask the engine, with the kinds that the catalogue has seen where the query leaves them open."""
    return _ask(index, _with_kinds(index, places.resolve(index, query, audience, _finder(index, audience))), audience)


def _finder(index: Index, audience: Audience) -> places.Finder:
    def find(clause: Clause) -> list[str]:
        query = Query(filters=(clause,), by_subject=True, limit=places.MOST_CANDIDATES + 1, counts_total=False)
        return [hit.subject for hit in _ask(index, query, audience).hits]

    return find


def _ask(index: Index, query: Query, audience: Audience) -> Results:
    for _ in range(2):
        try:
            return engine().search(index.store, query, audience)
        except NoSuchStore:  # A rebuild swapped stores meanwhile, or nothing was ever ingested.
            index.refresh_from_db()
    engine().create(index.store)
    return engine().search(index.store, query, audience)


def total(index: Index, audience: Audience) -> int:
    """How many subjects of the index the audience sees."""
    return ask(index, Query(limit=0), audience).total


def mixed(*, index: Index, paths: frozenset[str]) -> frozenset[str]:
    """Those of the paths where values of several kinds stand that facets of terms count: numbers and words, say."""
    kinds = _kinds(index.pk, paths, (index.generation, index.version))
    counted = {Kind.STRING, Kind.NUMBER, Kind.BOOLEAN}
    return frozenset(path for path, (found, _) in kinds.items() if len(found & counted) > 1)


def _with_kinds(index: Index, query: Query) -> Query:
    """Other facets than of values say their own kind."""
    of_values = (facet for facet in query.facets if isinstance(facet, Terms | Distinct))
    named = frozenset(one.path for one in (*of_values, *query.sort))
    if not named:
        return query
    kinds = _kinds(index.pk, named, (index.generation, index.version))
    none: frozenset[Kind] = frozenset()
    return replace(
        query,
        facets=tuple(replace(facet, kinds=kinds.get(facet.path, (none, none))[0]) for facet in query.facets),
        sort=tuple(replace(sort, kinds=kinds.get(sort.path, (none, none))[1]) for sort in query.sort),
    )


Kinds = tuple[frozenset[Kind], frozenset[Kind]]
"""Of a path: all that it has, and those that an order looks at."""


@lru_cache(maxsize=1000)
def _kinds(index_id: UUID, named: frozenset[str], _as_of: tuple[int, int]) -> dict[str, Kinds]:
    """What the catalogue says of these paths as of a generation and version: each round of writes begins another."""
    lines = Path.objects.filter(index_id=index_id, path_digest__in=map(digest_of, named), is_indexed=True)
    return {line.path: (line.kinds, line.sorted_kinds) for line in lines}


# --- cursors -------------------------------------------------------------------------------------------------------


def write_cursor(query: Query, cursor: Cursor) -> str:
    """The place behind a hit as a sealed text, which knows the question that it belongs to."""
    return seal(json.dumps([_digest(query), *cursor], separators=(",", ":")).encode())


def read_cursor(query: Query, text: str) -> Cursor:
    """The place that ``write_cursor`` wrote.

    Raises:
        InvalidQuery: it was not written here, or for another question.
    """
    try:
        digest, *cursor = json.loads(unseal(text))
    except ValueError as error:
        raise InvalidQuery("This is no cursor of an answer. Send the last one unchanged.", place="cursor") from error
    if digest != _digest(query):
        raise InvalidQuery(
            "This cursor belongs to another query. Send it with the query that it came from.", place="cursor"
        )
    return tuple(cursor)


def _digest(query: Query) -> str:
    """Of what decides which hits there are, and in which order: not of what is shown or counted along with them."""
    filters = tuple(sorted((*query.filters, *query.post_filters), key=repr))
    same = Query(query.text, query.words, filters, boosts=query.boosts, sort=query.sort, by_subject=query.by_subject)
    return hashlib.sha256(json.dumps(encode(same), sort_keys=True).encode()).hexdigest()[:16]
