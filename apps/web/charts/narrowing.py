"""From a bar to the search that finds just the records that it counts: what was chosen before stays in force."""

from __future__ import annotations

from dataclasses import dataclass

from apps.search.forms.bounds import number
from apps.search.forms.choices import BELOW, FLAGS, Choice, How
from apps.search.forms.url_state import UrlState
from apps.web.facets.facet import spelled


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``low`` to ``high``, the latter included unless ``is_below``; None is open."""

    low: float | None
    high: float | None
    is_below: bool = False


def to_value(state: UrlState, path: str, value: str) -> UrlState:
    """With this value alone of those that are alternatives to it: one more of them would widen the search.

    A record with one of those that are chosen may hold this one too: then it must hold it besides.
    """
    others = state.chosen(path, How.ANY)
    return _with(state, Choice(path, How.ANY if not others or value in others else How.ALL, value))


def to_year(state: UrlState, path: str, value: str) -> UrlState | None:
    """As ``to_value``. None where a range is chosen besides: the grammar has no second one that must hold too."""
    others = state.chosen(path, How.YEAR)
    if not others or value in others:
        return _with(state, Choice(path, How.YEAR, value))
    if state.chosen(path, How.RANGE):
        return None
    return _with(state, Choice.of_range(path, f"{value}-01", f"{value}-12"))


def to_bin(state: UrlState, path: str, span: Span) -> UrlState:
    low = "" if span.low is None else spelled(span.low)
    high = "" if span.high is None else (BELOW if span.is_below else "") + spelled(span.high)
    return _with(state, Choice.of_range(path, low, high))


def to_missing(state: UrlState, path: str) -> UrlState:
    """The records without a value. What excludes values is met by having none."""
    for choice in state.choices:
        if choice.path == path and choice.how is not How.NOT:
            state = state.without(choice)
    return state.toggled(Choice(path, How.EXISTS, "false"))


def span_chosen(state: UrlState, path: str) -> Span | None:
    """The one range of numbers that is chosen of the path; None if there is none, or several."""
    ranges = set(state.chosen(path, How.RANGE))
    if len(ranges) != 1:
        return None
    low, high = (end.strip() for end in ranges.pop().split("--", 1))
    ends = [(end, number(end)) for end in (low, high.removeprefix(BELOW))]
    if any(value is None and text not in {"", "*"} for text, value in ends):
        return None
    return Span(ends[0][1], ends[1][1], is_below=high.startswith(BELOW))


def _with(state: UrlState, wanted: Choice) -> UrlState:
    """On the first page, with the choice in the place of its alternatives: others made the same way, and "missing"."""
    for choice in state.choices:
        is_missing = choice.how is How.EXISTS and not FLAGS[choice.value.lower()]
        is_other = choice.how is wanted.how and choice.how is not How.ALL and choice != wanted
        if choice.path == wanted.path and (is_missing or is_other):
            state = state.without(choice)
    return state.at_page(1) if state.has(wanted) else state.toggled(wanted)
