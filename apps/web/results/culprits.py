"""Nothing found: which part of the search did it, by what is found without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from apps.search.forms.url_state import UrlState
from apps.search.types import Shown
from apps.web.results import chips
from apps.web.values import count

MOST = 8
"""Each is a question to the engine."""


@dataclass(frozen=True, slots=True)
class Way:
    """The search without one of its parts."""

    part: str
    state: UrlState


@dataclass(frozen=True, slots=True)
class Culprit:
    part: str
    url: str
    total: int

    @property
    def total_text(self) -> str:
        return count(self.total)


def ways(state: UrlState, known: Mapping[str, Shown]) -> tuple[Way, ...]:
    """The search without its words, and without each of its filters; none if it has but one part."""
    words = [Way(f"the words “{state.text[:80]}”", state.asking(""))] if state.text.strip() else []
    filters = [Way(chips.phrase(choice, known.get(choice.path)), state.without(choice)) for choice in state.choices]
    found = (*words, *filters)
    return found[:MOST] if len(found) > 1 else ()


def build(ways: Iterable[Way], totals: Iterable[int], url: Callable[[UrlState], str]) -> tuple[Culprit, ...]:
    """The part that takes most away first."""
    found = [Culprit(way.part, url(way.state), total) for way, total in zip(ways, totals, strict=True)]
    return tuple(sorted(found, key=lambda one: -one.total))
