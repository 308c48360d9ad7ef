"""One plain description of a record, as one visitor sees it: what each of its formats is written from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.search.models import Index
from apps.search.types import Presentation, Record
from apps.web import content, links
from apps.web.record import bibliography
from apps.web.record.facts import key_facts
from apps.web.record.readable import Fact
from apps.web.record.work import Work


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record stands: its address, and the index that it is of."""

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


def describe(record: Record, *, index: Index, presentation: Presentation) -> Description:
    place = Place(
        url=links.absolute(links.record_url(index.slug, record.subject)),
        index_url=links.absolute(links.index_url(index.slug)),
        index_name=index.display_name,
    )
    title = content.text(record, presentation.title) or record.subject
    work = bibliography.read(record, title=title, url=place.url)
    return Description(work, key_facts(record, presentation), place)


def _described(title: str, facts: Iterable[Fact]) -> str:
    told = (f"{fact.label}: {fact.brief}{f' {fact.unit}' if fact.unit else ''}" for fact in facts)
    return ". ".join([title, *told])
