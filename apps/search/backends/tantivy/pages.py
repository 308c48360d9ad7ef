"""The page of a question in its order: by values or subjects, by score, or by subjects as all scores are equal."""

from __future__ import annotations

from tantivy import Occur
from tantivy import Query as Engine

from apps.search.backends.tantivy import sorting
from apps.search.backends.tantivy.asking import Looking
from apps.search.backends.tantivy.clauses import Compiled, Compiler
from apps.search.backends.tantivy.places import Place, place_of
from apps.search.backends.tantivy.ranking import Ranked, Ranking, ranked
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import Everything, Hit, Query


def page_of(reader: Reader, compiler: Compiler, query: Compiled, asked: Query) -> Page:
    """The page in the order that was asked for; ``query`` matches the hits."""
    if asked.sort or asked.by_subject or asked.text == Everything():
        return Page(reader, query, asked)
    if boosts := compiler.boosts(asked.words, asked.boosts):
        return Scored(
            reader, Engine.boolean_query([(Occur.Must, query), *((Occur.Should, one) for one in boosts)]), asked
        )
    score = compiler.constant(asked.text)
    return Scored(reader, query, asked) if score is None else Alike(reader, query, asked, score)


class Page:
    """Hits in an order that is no score."""

    total = -1
    """How many hits there are in all, where that was seen on the way."""

    def __init__(self, reader: Reader, query: Compiled, asked: Query) -> None:
        self._reader, self._asked = reader, asked
        self.query = query

    def near(self) -> Looking[list[Hit]] | None:
        """Asks for the hits along with whatever else is counted of the query; None where that cannot be."""
        asked = self._asked
        if asked.after is not None:
            return None
        is_of_all = asked.text == Everything() and not asked.filters and not asked.post_filters
        looking = sorting.near(self._reader, asked.sort, offset=asked.offset, limit=asked.limit, is_of_all=is_of_all)
        return None if looking is None else self._read(looking)

    def far(self) -> list[Hit]:
        """The hits, however far from the first."""
        after = None if self._asked.after is None else place_of(self._asked.after, self._asked.sort)
        return self._behind(after)

    def _read(self, looking: Looking[list[Place]]) -> Looking[list[Hit]]:
        return [self._hit(place) for place in (yield from looking)]

    def _behind(self, after: Place | None) -> list[Hit]:
        asked = self._asked
        offset = asked.offset if asked.after is None else 0
        places = sorting.page(self._reader, self.query, asked.sort, after=after, offset=offset, limit=asked.limit)
        return [self._hit(place) for place in places]

    def _hit(self, place: Place) -> Hit:
        return Hit(place.subject, 0.0, place.cursor())


class Alike(Page):
    """Hits that all have one score. Their cursors are those of ``Scored``: what is written may tell them apart."""

    def __init__(self, reader: Reader, query: Compiled, asked: Query, score: float) -> None:
        super().__init__(reader, query, asked)
        self._score = score

    def far(self) -> list[Hit]:
        if self._asked.after is None:
            return self._behind(None)
        last = ranked(self._asked.after)
        if last.score < self._score:
            return []
        return self._behind(Place((), last.subject) if last.score == self._score else None)

    def _hit(self, place: Place) -> Hit:
        return Hit(place.subject, self._score, Ranked(self._score, place.subject, 0).cursor())


class Scored(Page):
    """The best hits first."""

    def near(self) -> None:
        return None

    def far(self) -> list[Hit]:
        asked = self._asked
        ranking = Ranking(self._reader, self.query)
        page = ranking.page(after=asked.after, offset=asked.offset, limit=asked.limit)
        self.total = ranking.total
        return [Hit(one.subject, one.score, one.cursor()) for one in page]
