"""The home page: the indexes that a visitor may see, and what is new in them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.search.services import Answer
from apps.search.types import Kind, Presentation, Query, Record, Request, Shown, Sort
from apps.web import content, links, markup
from apps.web.results import hits
from apps.web.results.hits import HitCard
from apps.web.results.pager import Choice
from apps.web.values import count, date, plural

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Card:
    """``newest`` is the day of the newest record, ``changed`` of the last change where one may know it."""

    slug: str
    title: str
    description: str
    url: str
    count: str
    roles: str
    newest: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """``day`` is ISO; ``about`` says in words which day it is, and of which index the record is."""

    card: HitCard
    day: str
    about: str

    @property
    def html(self) -> SafeString:
        return markup.hit(self.card, self.about)


@dataclass(frozen=True, slots=True)
class HomePage:
    summary: str
    indexes: tuple[Card, ...]
    new: tuple[NewRecord, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(card.slug, card.title) for card in self.indexes)


def ask(presentation: Presentation) -> Request:
    """How many records there are, and the newest of them where the index has a date: one question."""
    dated = _dated(presentation)
    return Request(Query(sort=(Sort(dated.path),), limit=NEWEST) if dated else Query(limit=0))


def build(answers: Sequence[Answer], *, names: Mapping[str, str], today: datetime.date) -> HomePage:
    new = {answer.index.slug: list(_new(answer, names, today.isoformat())) for answer in answers}
    total = sum(answer.page.total for answer in answers if answer.page)
    newest = sorted((one for several in new.values() for one in several), key=lambda one: one.day, reverse=True)
    return HomePage(
        summary=f"{plural(total, 'record', 'records')} in {plural(len(answers), 'index', 'indexes')} that you may see.",
        indexes=tuple(_card(answer, new[answer.index.slug]) for answer in answers),
        new=tuple(newest[:NEWEST]),
    )


def _dated(presentation: Presentation) -> Shown | None:
    return next((one for one in (*presentation.facets, *presentation.summary) if one.kind is Kind.DATE), None)


def _card(answer: Answer, new: Sequence[NewRecord]) -> Card:
    index = answer.index
    return Card(
        slug=index.slug,
        title=index.display_name,
        description=index.description,
        url=links.index_url(index.slug),
        count=count(answer.page.total) if answer.page else "not known now",
        roles=", ".join(answer.roles),
        newest=date(max((one.day for one in new), default="")),
        changed=date(answer.changed_at.date().isoformat()) if answer.changed_at else "",
    )


def _new(answer: Answer, names: Mapping[str, str], today: str) -> Iterable[NewRecord]:
    """Days to come are no news: an embargo's end, or a slip of the pen."""
    dated, presentation = _dated(answer.presentation), answer.presentation
    if dated is None or answer.page is None:
        return
    for record in answer.page.records:
        day = _day(record, dated.path)
        if day and day <= today:
            card = hits.build(record, slug=answer.index.slug, presentation=presentation, names=names)
            yield NewRecord(card, day, f"{dated.label} {date(day)}, {answer.index.display_name}")


def _day(record: Record, path: str) -> str:
    texts = (leaf for leaf in content.values(record, path) if isinstance(leaf, str))
    return max((text[:10] for text in texts if date(text)), default="")
