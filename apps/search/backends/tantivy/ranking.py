"""Hits by score, equal scores by subject. Exact over pages, however many hits have the same score.

The engine orders by score, and equal scores as its files lie. So hits are read in whole groups of equal scores. A group
too large to be read is walked in the order of subjects instead, keeping those that have the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

from tantivy import Query as Engine

from apps.search.backends.tantivy import sorting
from apps.search.backends.tantivy.clauses import Compiled, all_of, unscored
from apps.search.backends.tantivy.layout import sortable, subject_of
from apps.search.backends.tantivy.stores import Reader
from apps.search.errors import InvalidQuery
from apps.search.types import Cursor

SLACK = 40
MAX_GROUP = 5_000
"""A subject is read in 1 µs. Above, walking costs less than reading the group."""
MAX_WALK = 5_000


class Ranked(NamedTuple):
    """A hit, and the position at which the group of its score begins."""

    score: float
    subject: str
    start: int

    def cursor(self) -> Cursor:
        return tuple(self)


class Group(NamedTuple):
    """The hits of one score; None where they are too many."""

    score: float
    start: int
    addresses: list[Any] | None  # tantivy is not typed


def rounded(score: float) -> float:
    """Scores that differ by no more than the order of additions makes are equal: of seven digits, five count."""
    return float(f"{score:.5g}")


def _score(hit: tuple[float, Any]) -> float:
    return rounded(hit[0])


class Ranking:
    """One scored query over one state of a store.

    With ``counts`` the first look at the hits counts them, too: ``total``, which is -1 until then.
    """

    def __init__(self, reader: Reader, query: Compiled, *, counts: bool = False) -> None:
        self._reader, self._query, self._counts = reader, query, counts
        self.total = -1

    def page(self, *, after: Cursor | None, offset: int, limit: int) -> list[Ranked]:
        """
        Raises:
            InvalidQuery: the cursor is of another question.
        """
        if after is None:
            return list(islice(self._hits(self._groups(0, offset + limit + SLACK)), offset, offset + limit))
        match after:
            case (float() | int() as score, str(subject), int(start)) if start >= 0:
                groups = self._groups(self._begin(float(score), start), limit + SLACK)
                return list(islice(self._hits(groups, Ranked(float(score), subject, start)), limit))
        raise InvalidQuery("The cursor does not belong to this query. Begin at the first page.", place="after")

    def _hits(self, groups: Iterator[Group], after: Ranked | None = None) -> Iterator[Ranked]:
        for group in groups:
            if after is None or group.score < after.score:
                behind = None
            elif group.score == after.score:
                behind = after.subject
            else:
                continue
            for subject in self._members(group, behind):
                yield Ranked(group.score, subject, group.start)

    def _groups(self, begin: int, size: int) -> Iterator[Group]:
        """The groups from a position on, read through a window of so many hits."""
        while True:
            window = self._window(begin, size)
            groups = [(score, [address for _, address in hits]) for score, hits in groupby(window, _score)]
            is_end = len(window) < size
            for score, addresses in groups if is_end else groups[:-1]:
                yield Group(score, begin, addresses)
                begin += len(addresses)
            if is_end:
                return
            if len(groups) == 1 and size < MAX_GROUP:
                size = MAX_GROUP
            elif len(groups) == 1:
                yield Group(groups[0][0], begin, None)
                begin = self._end(groups[0][0], begin + size)

    def _members(self, group: Group, behind: str | None) -> Iterator[str]:
        if group.addresses is None:
            yield from self._walk(group.score, behind)
            return
        yield from (one for one in self._subjects(group.addresses) if behind is None or one > behind)

    def _walk(self, score: float, behind: str | None) -> Iterator[str]:
        """Of all that match, in the order of subjects, those with this score."""
        size = 500
        while chunk := sorting.subjects(self._reader, self._query, after=behind, size=size):
            among = Engine.term_set_query(self._reader.schema, "s", [sortable(subject) for subject in chunk])
            hits = self._reader.searcher.search(all_of([self._query, unscored(among)]), len(chunk), count=False).hits
            document = self._reader.searcher.doc
            yield from sorted(
                subject_of(document(address)["s"][0]) for found, address in hits if rounded(found) == score
            )
            behind, size = chunk[-1], min(2 * size, MAX_WALK)

    def _subjects(self, addresses: Iterable[Any]) -> list[str]:
        document = self._reader.searcher.doc
        return sorted(subject_of(document(address)["s"][0]) for address in addresses)

    def _begin(self, score: float, start: int) -> int:
        """A position not behind the group of this score, which stood at ``start`` before the store may have changed."""
        step = SLACK
        while start > 0 and not ((hit := self._window(start - 1, 1)) and rounded(hit[0][0]) > score):
            start, step = max(0, start - step), 4 * step
        return start

    def _end(self, score: float, begin: int) -> int:
        """Where the group ends that holds all hits before ``begin``; by halves, because it is a large one."""
        low, high = begin, self._reader.searcher.num_docs
        while low < high:
            middle = (low + high) // 2
            if (hit := self._window(middle, 1)) and rounded(hit[0][0]) >= score:
                low = middle + 1
            else:
                high = middle
        return low

    def _window(self, begin: int, size: int) -> list[tuple[float, Any]]:  # Any: tantivy is not typed
        found = self._reader.searcher.search(self._query, size, count=self._counts, offset=begin)
        if self._counts:
            self.total, self._counts = found.count, False  # type: ignore[attr-defined]  # its stub forgets it
        return found.hits
