"""One plain description of a record, as one visitor sees it: what each of its formats is written from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.search.models import Index
from apps.search.types import Presentation, Record
from apps.web import content, links
from apps.web.record import bibliography
from apps.web.record.facts import key_facts
from apps.web.record.readable import Fact
from apps.web.record.work import Work


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record stands: its address, and the index that it is of ("" where its reader may not know of one)."""

    url: str
    index_url: str
    index_name: str


@dataclass(frozen=True, slots=True)
class Description:
    work: Work
    facts: tuple[Fact, ...]
    place: Place

    @property
    def abstract(self) -> str:
        """What the data say of themselves; where they do not, the title and the key facts."""
        return self.work.description or _described(self.work.title, self.facts)


@dataclass(frozen=True, slots=True)
class Edition:
    """A version that was published here. ``cited_at`` is the address that stays, ``name`` what its form calls it.

    The name is "" for who may not know it; the rest is told where the data do not tell it.
    """

    cited_at: str
    name: str
    year: str
    publisher: str
    version: str

    def told_of(self, work: Work) -> Work:
        return replace(
            work,
            url=self.cited_at,
            title=self.name or work.title,
            year=work.year or self.year,
            publisher=work.publisher or self.publisher,
            version=work.version or self.version,
        )


def describe(
    record: Record, *, index: Index, presentation: Presentation, edition: Edition | None = None
) -> Description:
    """A record of an index, at its page there."""
    place = place_in(index, links.absolute(links.record_url(index.slug, record.subject)))
    return describe_at(record, place=place, presentation=presentation, edition=edition)


def describe_at(
    record: Record, *, place: Place, presentation: Presentation, edition: Edition | None = None
) -> Description:
    title = content.text(record, presentation.title) or record.subject
    work = bibliography.read(record, title=title, url=place.url)
    return Description(edition.told_of(work) if edition else work, key_facts(record, presentation), place)


def place_in(index: Index | None, url: str) -> Place:
    """``index`` is None where there is none (any more) that the reader may know of."""
    if index is None:
        return Place(url, "", "")
    return Place(url, links.absolute(links.index_url(index.slug)), index.display_name)


def _described(title: str, facts: Iterable[Fact]) -> str:
    told = (f"{fact.label}: {fact.brief}{f' {fact.unit}' if fact.unit else ''}" for fact in facts)
    return ". ".join([title, *told])
