"""Searches through the API against the bare engine, with more and more principals, and one engine against the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from apps.search.types import Results
from tests.bench import corpus, questions
from tests.bench.inside import Asked
from tests.bench.measure import Pace, Pair
from tests.bench.sides import BareOpenSearch, Side

USUAL = 100
"""The number of groups of the caller where the number is not what is measured."""


class Unequal(Exception):
    """The two sides of a pair do not find the same: what they take cannot be compared."""


def pairs(side: Side, asked: Asked, pace: Pace) -> Iterator[Pair]:
    """Every query as every caller through the API and bare; then the faceted one with more principals against one."""
    pace = replace(pace, before=side.forget)
    for groups in corpus.PRINCIPALS:
        for name in questions.documents():
            api, bare = through_api(side, name, groups), engine_alone(side, asked, name, groups)
            require_equal(f"{side.name}, {name}, {groups} groups", api, bare, seen=_seen)
            yield pace.alternate(f"Search, {side.name}, {_groups(groups)}", name, API=api, bare=bare)
    for groups in corpus.PRINCIPALS[1:]:
        many, one = through_api(side, "faceted", groups), through_api(side, "faceted", 1)
        require_equal(f"{groups} groups and one", many, one, seen=_seen)
        name = f"{groups} groups v. 1, "
        yield pace.alternate(f"Principals, {side.name}", f"{name} API", many=many, one=one)
        many, one = engine_alone(side, asked, "faceted", groups), engine_alone(side, asked, "faceted", 1)
        yield pace.alternate(f"Principals, {side.name}", f"{name} engine", many=many, one=one)


def between(embedded: Side, other: Side, asked: dict[str, Asked], pace: Pace) -> Iterator[Pair]:
    """Every query to both engines, each through its backend."""
    pace = replace(pace, before=other.forget)
    for name in questions.documents():
        a, b = (through_backend(side, asked[side.name], name) for side in (embedded, other))
        require_equal(f"the engines, {name}", a, b, seen=lambda found: (found.total, found.facets))
        yield pace.alternate(f"Embedded engine v. OpenSearch, {_groups(USUAL)}", name, embedded=a, OpenSearch=b)


def through_api(side: Side, name: str, groups: int) -> Callable[[int], Any]:
    caller, documents = side.portal.caller(f"caller{groups}"), questions.documents()[name]
    return lambda number: caller.search(documents[number % len(documents)])


def engine_alone(side: Side, asked: Asked, name: str, groups: int) -> Callable[[int], tuple[int, list[str]]]:
    queries, audience = asked.queries[name], asked.audiences[groups]
    bare = side.bare
    if isinstance(bare, BareOpenSearch):  # What is sent is made beforehand.
        sent = [bare.prepared(asked.store, query, audience) for query in queries]
        return lambda number: bare.send(*sent[number % len(sent)])
    return lambda number: bare.find(asked.store, queries[number % len(queries)], audience)


def through_backend(side: Side, asked: Asked, name: str) -> Callable[[int], Results]:
    queries, audience = asked.queries[name], asked.audiences[USUAL]
    return lambda number: side.backend.search(asked.store, queries[number % len(queries)], audience)


def warm_up(call: Callable[[int], object], *, seconds: float) -> None:
    """Ask for so long: a Java engine compiles what it does often."""
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        call(number)
        number += 1


def require_equal(
    what: str, a: Callable[[int], Any], b: Callable[[int], Any], *, seen: Callable[[Any], object]
) -> None:
    """Raise Unequal unless both sides see the same in each variant."""
    for number in range(questions.VARIANTS):
        one, other = seen(a(number)), seen(b(number))
        if one != other:
            raise Unequal(f"{what}, variant {number}: {one} is not {other}")


def _seen(found: Any) -> tuple[int, list[str]]:
    """The total and the first page's subjects, of an answer of the API or of a bare engine."""
    if isinstance(found, dict):
        return found["total"], [record["subject"] for record in found["gmeta"]]
    total, subjects = found
    return total, subjects


def _groups(number: int) -> str:
    return "1 group" if number == 1 else f"{number} groups"
