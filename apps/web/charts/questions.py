"""What the charts of a page ask of search.

They are asked in the page's own question, beside its facets. A facet does not shrink by what is chosen of its own
path, a chart shows the result alone; so, as long as nothing is chosen of a path, one answer serves both. Only a grid
asks once more: which rows it has is known when the first answer is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from apps.search.forms.choices import How, clauses
from apps.search.forms.choices import spelled as readings
from apps.search.forms.url_state import UrlState
from apps.search.types import (
    AnyFacet,
    Bucket,
    Chart,
    ChartType,
    Clause,
    DateHistogram,
    FacetResult,
    Interval,
    Kind,
    Match,
    Presentation,
    Ranges,
    Scalar,
    Shown,
    ShownFacet,
    Statistics,
    Terms,
)
from apps.web.charts import spans
from apps.web.charts.narrowing import Span, span_chosen
from apps.web.charts.spans import Extent
from apps.web.facets.bins import Bins
from apps.web.facets.facet import spelled
from apps.web.facets.facet_list import SIZE
from apps.web.results.chips import name_of

GRID_ROWS = 10
GRID_COLUMNS = 8
GRID_VALUES = 1000
"""Of each row: a record may have many values across, of which the columns' own need not be the commonest. An engine
counts no more than 65,535 of all rows."""
MOST_VALUES = 1000


@dataclass(frozen=True, slots=True)
class Sketch:
    """A chart, and what it asks. ``spans`` are the bars of a histogram, within ``bins``."""

    anchor: str
    chart: Chart
    shown: Shown
    across: Shown
    asks: tuple[AnyFacet, ...]
    bins: Bins | None = None
    spans: tuple[Span, ...] = ()

    def name(self, part: str = "") -> str:
        return f"{self.anchor}.{part}"

    def row(self, at: int) -> str:
        """The name of what is asked for a row of a grid."""
        return self.name(f"row{at}")


def known(presentation: Presentation) -> tuple[Shown, ...]:
    """What must be measured before bars can be asked for: the facets, and histograms of other paths."""
    paths = {facet.path for facet in presentation.facets}
    others = [_shown(presentation, one.path) for one in presentation.charts if one.type is ChartType.HISTOGRAM]
    return (*presentation.facets, *(replace(one, kind=Kind.NUMBER) for one in others if one.path not in paths))


def sketches(presentation: Presentation, measured: Sequence[FacetResult], state: UrlState) -> tuple[Sketch, ...]:
    """``measured`` are the answers of ``facet_list.extents`` about ``known``."""
    extents = {result.name: result.statistics for result in measured}
    made = (_sketch(f"c{at}", one, presentation, extents, state) for at, one in enumerate(presentation.charts))
    return tuple(one for one in made if one is not None)


def beside(asked: Sequence[AnyFacet], sketches: Sequence[Sketch]) -> list[AnyFacet]:
    """The page's facets, and what charts ask that none of them does."""
    found = {_same(facet): facet for facet in asked}
    for sketch in sketches:
        for facet in sketch.asks:
            found.setdefault(_same(facet), facet)
    return list(found.values())


def answered(
    asked: Sequence[AnyFacet], sketches: Sequence[Sketch], results: Sequence[FacetResult]
) -> dict[str, FacetResult]:
    """The answer to each question of the charts, by its name. ``asked`` is what ``beside`` gave."""
    answers = {_same(facet): result for facet, result in zip(asked, results, strict=False)}
    wanted = [facet for sketch in sketches for facet in sketch.asks]
    return {facet.name: answers[_same(facet)] for facet in wanted if _same(facet) in answers}


def cells(sketches: Sequence[Sketch], answers: Mapping[str, FacetResult], state: UrlState) -> list[AnyFacet]:
    """For each row of the grids: the values across, counted within it."""
    grids = [sketch for sketch in sketches if sketch.chart.type is ChartType.GRID]
    return [facet for grid in grids for facet in _cells(grid, answers, state)]


def _cells(grid: Sketch, answers: Mapping[str, FacetResult], state: UrlState) -> list[AnyFacet]:
    path, across = grid.chart.path, grid.chart.across
    rows, columns = axes(grid, answers)
    within = (*_own(state, path), *_own(state, across), _any(across, columns))
    return [
        Terms(
            name=grid.row(at),
            path=across,
            size=GRID_VALUES,
            filters=(*within, _any(path, (value,))),
            counts_missing=False,
        )
        for at, value in enumerate(rows if columns else ())
    ]


def _any(path: str, values: Sequence[Scalar]) -> Clause:
    """One of the values, and what an address writes as it does."""
    return Match(path, tuple(reading for value in values for reading in readings(spelled(value))))


def axes(sketch: Sketch, answers: Mapping[str, FacetResult]) -> tuple[tuple[Scalar, ...], tuple[Scalar, ...]]:
    """The values of a grid's rows and of its columns, the commonest first."""
    rows, columns = (answers.get(sketch.name(part), FacetResult("")).buckets for part in ("", "across"))
    return _values(rows)[:GRID_ROWS], _values(columns)[:GRID_COLUMNS]


def _values(buckets: Sequence[Bucket]) -> tuple[Scalar, ...]:
    return tuple(bucket.value for bucket in buckets if not isinstance(bucket.value, tuple))


def _sketch(
    anchor: str,
    chart: Chart,
    presentation: Presentation,
    extents: Mapping[str, Extent],
    state: UrlState,
) -> Sketch | None:
    shown, own = _shown(presentation, chart.path), _own(state, chart.path)
    sketch = Sketch(anchor, chart, shown, shown, ())
    if chart.type is ChartType.HISTOGRAM:
        return _histogram(sketch, own, extents.get(chart.path, {}), span_chosen(state, chart.path))
    if chart.type is ChartType.YEARS:
        return replace(sketch, asks=(_years(sketch, own),))
    terms = Terms(name=sketch.name(), path=chart.path, size=SIZE, filters=own)
    if chart.type is not ChartType.GRID:
        return replace(sketch, asks=(terms,))
    across = Terms(name=sketch.name("across"), path=chart.across, size=SIZE, filters=_own(state, chart.across))
    return replace(sketch, across=_shown(presentation, chart.across), asks=(terms, across))


def _years(sketch: Sketch, own: tuple[Clause, ...]) -> AnyFacet:
    """A year may be written as a number, which no calendar knows."""
    name, path = sketch.name(), sketch.chart.path
    if sketch.shown.kind is Kind.NUMBER:
        return Terms(name=name, path=path, size=MOST_VALUES, by_value=True, filters=own)
    return DateHistogram(name=name, path=path, interval=Interval.YEAR, filters=own)


def _histogram(sketch: Sketch, own: tuple[Clause, ...], extent: Extent, chosen: Span | None) -> Sketch | None:
    is_log = sketch.shown.is_logarithmic if isinstance(sketch.shown, ShownFacet) else None
    bars = spans.bars(extent, chosen, is_log=is_log)
    if bars is None:
        return None
    path = sketch.chart.path
    asks = (
        Ranges(name=sketch.name(), path=path, ranges=bars.ranges, filters=own),
        Statistics(name=sketch.name("statistics"), path=path, filters=own, counts_missing=False),
    )
    return replace(sketch, asks=asks, bins=bars.bins, spans=bars.spans)


def _own(state: UrlState, path: str) -> tuple[Clause, ...]:
    """What is chosen of the path itself, which the page's question spares a facet; ``url_query`` adds the rest."""
    return clauses(choice for choice in state.choices if choice.path == path and choice.how is not How.ALL)


def _shown(presentation: Presentation, path: str) -> Shown:
    return presentation.known.get(path) or Shown(path, name_of(path, None))


def _same(facet: AnyFacet) -> AnyFacet:
    """A facet as a question: two of the same answer differ in their names alone."""
    return replace(facet, name="")
