"""A search across all indexes that a visitor may see: how many records each has, and the first few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.search.forms.url_state import UrlState
from apps.search.services import Answer
from apps.search.types import Presentation, Request
from apps.web import links
from apps.web.record import trail
from apps.web.results import asking, hits
from apps.web.results.hits import HitCard
from apps.web.results.pager import Choice
from apps.web.values import count, plural

FIRST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What an index has of it; ``more`` is how many records are not shown here, in words."""

    anchor: str
    title: str
    url: str
    count: str
    hits: tuple[HitCard, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Everywhere:
    """``without`` are indexes that have nothing of it, ``away`` those that could not be asked."""

    q: str
    summary: str
    indexes: tuple[Choice, ...]
    found: tuple[Found, ...]
    without: tuple[str, ...]
    away: tuple[str, ...]


def ask(state: UrlState) -> Callable[[Presentation], Request]:
    first = UrlState(text=state.text, limit=FIRST)
    return lambda presentation: replace(asking.question(first, presentation), highlights=True)


def build(state: UrlState, answers: Sequence[Answer], *, names: Mapping[str, str]) -> Everywhere:
    """The index with the most records first."""
    totals = [(answer.page.total, answer) for answer in answers if answer.page]
    having = sorted((one for one in totals if one[0]), key=lambda one: (-one[0], one[1].index.display_name))
    total = sum(number for number, _ in having)
    return Everywhere(
        q=state.text,
        indexes=tuple(Choice(answer.index.slug, answer.index.display_name) for answer in answers),
        summary=f"{plural(total, 'record', 'records')} in {plural(len(having), 'index', 'indexes')}",
        found=tuple(_found(state.text, answer, f"in-{at}", names) for at, (_, answer) in enumerate(having, start=1)),
        without=tuple(answer.index.display_name for number, answer in totals if not number),
        away=tuple(answer.index.display_name for answer in answers if answer.page is None),
    )


def _found(text: str, answer: Answer, anchor: str, names: Mapping[str, str]) -> Found:
    slug, state = answer.index.slug, UrlState(text=text)
    records = answer.page.records if answer.page else ()
    total = answer.page.total if answer.page else 0
    return Found(
        anchor=anchor,
        title=answer.index.display_name,
        url=links.index_url(slug, state.query_string()),
        count=plural(total, "record", "records"),
        hits=tuple(
            hits.build(
                one, slug=slug, presentation=answer.presentation, names=names, carried=trail.written(state, number)
            )
            for number, one in enumerate(records, start=1)
        ),
        more=f"All {count(total)}" if total > len(records) else "",
    )
