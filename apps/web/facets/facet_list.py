"""The facets of a search page: what is asked of search for them, and how the answers become controls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, nextafter

from apps.search.forms.choices import BELOW, FLAGS, Choice, How, clauses
from apps.search.forms.url_state import FacetAsk, UrlState
from apps.search.types import (
    AnyFacet,
    Distinct,
    FacetResult,
    Kind,
    Ranges,
    Shown,
    ShownFacet,
    Statistics,
    Terms,
)
from apps.web.facets import bins as binning
from apps.web.facets import calendars, trees
from apps.web.facets import facet as facets
from apps.web.facets.bins import Bins
from apps.web.facets.facet import Bounds, FacetView, Find, Option

SIZE = 10
CONTAINS = "facet-contains"
PART = "facet-part"
MOST_CHARACTERS = 200
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """One facet of a page. ``bins`` are set where it has numbers."""

    shown: ShownFacet
    anchor: str
    bins: Bins | None = None

    @property
    def path(self) -> str:
        return self.shown.path

    @property
    def how(self) -> How:
        """How a ticked value of it narrows."""
        return How.YEAR if self.shown.kind is Kind.DATE else How.ANY

    def chosen(self, state: UrlState) -> tuple[str, ...]:
        return state.chosen(self.path, self.how)

    def excluded(self, state: UrlState) -> tuple[str, ...]:
        return state.chosen(self.path, How.NOT)

    @property
    def contains_name(self) -> str:
        """The parameter that says what its values hold. What is chosen is shown whether it holds that or not."""
        return f"{CONTAINS}.{self.path}"

    def contains(self, state: UrlState) -> str:
        return "".join(state.own(self.contains_name)[-1:])[:MOST_CHARACTERS].strip()


def extents(shown: Sequence[Shown]) -> tuple[Statistics, ...]:
    """What must be known before histograms are asked for: least, greatest, median of all that is visible."""
    return tuple(Statistics(name=s.path, path=s.path, percents=(50,)) for s in shown if s.kind is Kind.NUMBER)


def places(shown: Sequence[ShownFacet], measured: Sequence[FacetResult]) -> tuple[Place, ...]:
    """``measured`` are the answers to ``extents``."""
    known = {result.name: result.statistics for result in measured}
    return tuple(Place(s, f"f{at}", _bins(s, known.get(s.path, {}))) for at, s in enumerate(shown))


def _bins(shown: ShownFacet, statistics: Mapping[str, float | None]) -> Bins | None:
    low, high = statistics.get("min"), statistics.get("max")
    if low is None or high is None:
        return None
    return binning.of(low, high, statistics.get("p50"), is_log=shown.is_logarithmic)


def asks(places: Sequence[Place], state: UrlState) -> list[AnyFacet]:
    found: list[AnyFacet] = []
    for place in places:
        found += _asks(place, state)
    return found


def _asks(place: Place, state: UrlState) -> list[AnyFacet]:
    name, path = place.anchor, place.path
    if place.bins is not None:
        return [Ranges(name=name, path=path, ranges=place.bins.ranges)]
    if place.shown.kind is Kind.DATE:
        return calendars.asks(path, name, state)
    if place.shown.kind is Kind.NUMBER:
        return [Statistics(name=name, path=path)]
    if place.shown.separator:
        return trees.asks(place.shown, name, place.contains(state))
    terms = Terms(name=name, path=path, size=SIZE, by_value=place.shown.by_value, contains=place.contains(state))
    return [terms, *counts_of_picked(place, state)]


def asks_again(places: Sequence[Place], state: UrlState, results: Sequence[FacetResult]) -> list[AnyFacet]:
    """What can be asked only when the first answers are known."""
    named = {result.name: result for result in results}
    found: list[AnyFacet] = []
    for place in places:
        if place.shown.separator and place.anchor in named:
            found += trees.counts(place.shown, place.anchor, _lines(place, state, named[place.anchor]).shown)
    return found


def counts_of_picked(place: Place, state: UrlState) -> list[AnyFacet]:
    """Chosen and excluded values that are not among the first ones still show how many they would find.

    Each is a count of its own: among all values of its records a rare one may be beyond any number of them.
    """
    return [
        Distinct(name=_picked(place, value), path=place.path, filters=clauses([Choice(place.path, How.ANY, value)]))
        for value in dict.fromkeys((*place.chosen(state), *place.excluded(state)))
    ]


def _picked(place: Place, value: str) -> str:
    return f"{place.anchor}.chosen.{value}"


@dataclass(frozen=True, slots=True)
class Given:
    """What the address gave for a path, read or not: the ends of its range as typed, and what is wrong with them."""

    low: str = ""
    high: str = ""
    fault: str = ""


def views(
    places: Sequence[Place],
    state: UrlState,
    results: Sequence[FacetResult],
    given: Mapping[str, Given],
    url: Callable[[UrlState], str],
) -> tuple[FacetView, ...]:
    named = {result.name: result for result in results}
    return tuple(_view(place, state, named, given.get(place.path, Given()), url) for place in places)


def _view(
    place: Place, state: UrlState, results: Mapping[str, FacetResult], given: Given, url: Callable[[UrlState], str]
) -> FacetView:
    result = results.get(place.anchor, FacetResult(place.anchor))
    kind = place.shown.kind
    badge = _badge(place, state)
    is_open = place.shown.is_open or bool(badge) or bool(given.fault)
    view = FacetView("values", place.anchor, place.shown.label, place.shown.unit, badge=badge, is_open=is_open)
    if kind is Kind.NUMBER:
        return replace(
            view,
            kind="numbers",
            bounds=_bounds(place, given),
            histogram=_histogram(place.bins, result, given),
            options=tuple(missing(place, state, result, url)),
        )
    if kind is Kind.DATE:
        dates = calendars.options(place.path, place.anchor, state, results)
        shown = _first_years(dates)
        return replace(
            view,
            kind="dates",
            bounds=_bounds(place, given, is_date=True),
            options=(*shown, *missing(place, state, result, url)),
            all_url=all_url(place, state, url) if len(dates) > len(shown) else "",
        )
    if place.shown.separator:
        lines = _lines(place, state, result)
        levels = trees.options(place.shown, place.anchor, state, lines.shown, results)
        return _searchable(view, place, state, levels, result, url, has_more=lines.has_more)
    values = value_options(place, state, result, results, url)
    found = _searchable(view, place, state, values, result, url, has_more=result.has_more)
    return replace(found, all_url=all_url(place, state, url) if result.has_more else "")


def _lines(place: Place, state: UrlState, result: FacetResult) -> trees.Lines:
    return trees.lines(place.shown, state, result, place.contains(state))


def _searchable(
    view: FacetView,
    place: Place,
    state: UrlState,
    options: Sequence[Option],
    result: FacetResult,
    url: Callable[[UrlState], str],
    *,
    has_more: bool,
) -> FacetView:
    """With a box to search inside it, if ``has_more`` than it shows."""
    contains = place.contains(state)
    rest = missing(place, state, result, url)
    return replace(
        view,
        options=(*options, *(one for one in rest if one.is_chosen or not contains)),
        find=_find(place, state, url) if has_more or contains else None,
        nothing=f"no value holds “{contains}”" if contains else view.nothing,
    )


def _find(place: Place, state: UrlState, url: Callable[[UrlState], str]) -> Find:
    part_url = url(state.with_own(place.contains_name, "").with_own(PART, place.path))
    return Find(f"{place.anchor}-find", place.contains_name, place.contains(state), part_url)


def _first_years(options: Sequence[Option]) -> list[Option]:
    """The first years, and those that are chosen or hold what is, with all that is shown of them."""
    years = [option.value for option in options if option.level == 0]
    held = {option.value[:4] for option in options if option.is_chosen or option.level}
    kept = held.union(years[:SIZE])
    return [option for option in options if option.value[:4] in kept]


def _histogram(bins: Bins | None, result: FacetResult, given: Given) -> facets.Histogram | None:
    if bins is None:
        return None
    return facets.histogram(bins, result.buckets, lower=_float(given.low), upper=_float(given.high))


def value_options(
    place: Place,
    state: UrlState,
    result: FacetResult,
    results: Mapping[str, FacetResult],
    url: Callable[[UrlState], str],
) -> list[Option]:
    """The values, each with a link that leaves its records out; what is chosen or excluded is always there."""
    excluded = place.excluded(state)
    values = (*place.chosen(state), *excluded)
    picked = {value: facets.documents(results.get(_picked(place, value))) for value in values}
    found = facets.options(result.buckets, anchor=place.anchor, name=f"filter.{place.path}", chosen=picked)
    return [_excludable(option, place, state, url, is_excluded=option.value in excluded) for option in found]


def _excludable(
    option: Option, place: Place, state: UrlState, url: Callable[[UrlState], str], *, is_excluded: bool
) -> Option:
    without = state.without(Choice(place.path, How.ANY, option.value))
    exclude_url = url(without.toggled(Choice(place.path, How.NOT, option.value)))
    is_chosen = option.is_chosen and not is_excluded
    return replace(option, is_chosen=is_chosen, is_excluded=is_excluded, exclude_url=exclude_url)


def missing(place: Place, state: UrlState, result: FacetResult, url: Callable[[UrlState], str]) -> list[Option]:
    """The box for records without a value, with a link to those that have one."""
    choice = Choice(place.path, How.EXISTS, "false")
    given = [Choice(place.path, How.EXISTS, one) for one in state.chosen(place.path, How.EXISTS) if FLAGS[one.lower()]]
    most = max([bucket.count for bucket in result.buckets] + [1])
    found = facets.missing(
        result,
        anchor=place.anchor,
        name=choice.key,
        value=choice.value,
        most=most,
        is_kept=state.has(choice) or bool(given),
    )
    others = replace(state, choices=tuple(one for one in state.choices if one not in {choice, *given}))
    exclude_url = url(others.at_page(1) if given else others.toggled(Choice(place.path, How.EXISTS, "true")))
    return [
        replace(one, is_chosen=state.has(choice), is_excluded=bool(given), exclude_url=exclude_url) for one in found
    ]


def all_url(place: Place, state: UrlState, url: Callable[[UrlState], str]) -> str:
    asked = state.with_own(place.contains_name, "").with_own(CONTAINS, place.contains(state))
    return url(replace(asked.at_page(1), facets=(FacetAsk(place.path),)))


def _badge(place: Place, state: UrlState) -> str:
    mine = [choice for choice in state.choices if choice.path == place.path]
    if any(choice.how is How.RANGE for choice in mine):
        return "set"
    return f"{len(mine)} chosen" if mine else ""


def _bounds(place: Place, given: Given, *, is_date: bool = False) -> Bounds:
    is_plain = all(not end or _ISO_DAY.fullmatch(end) for end in (given.low, given.high))
    return Bounds(
        anchor=f"{place.anchor}-from",
        from_name=f"filter-from.{place.path}",
        to_name=f"filter-to.{place.path}",
        from_value=given.low,
        to_value=given.high,
        fault=given.fault,
        input_type="date" if is_date and is_plain and not given.fault else "text",
    )


def _float(text: str) -> float | None:
    try:
        bound = float(text.removeprefix(BELOW))
    except ValueError:
        return None
    return nextafter(bound, -inf) if text.startswith(BELOW) else bound
