"""A histogram: the spread of a path's numbers over the result, with their mean."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

from apps.search.types import FacetResult
from apps.web.charts import drawing
from apps.web.charts.figure import Figure, Note, Result, missing, rounded, table
from apps.web.charts.narrowing import Span, to_bin
from apps.web.charts.questions import Sketch
from apps.web.charts.shapes import Bar, Tick
from apps.web.facets.bins import Bins
from apps.web.facets.facet import edge_text
from apps.web.values import number, plural

MOST_DECADES = 6


def build(sketch: Sketch, found: FacetResult, statistics: Mapping[str, float | None], result: Result) -> Figure | None:
    bins = sketch.bins
    assert bins is not None
    path, unit = sketch.chart.path, f" {sketch.shown.unit}" if sketch.shown.unit else ""
    bars = [
        Bar(_between(span) + unit, bucket.count, result.url(to_bin(result.state, path, span)) if bucket.count else "")
        for span, bucket in zip(sketch.spans, found.buckets, strict=True)
    ]
    mean, n = statistics.get("mean"), int(statistics.get("count") or 0)
    other = result.total - found.missing - int(statistics.get("documents") or 0)
    notes = [Note("The scale is logarithmic.")] if bins.is_log else []
    if other > 0:
        notes.append(Note(f"{plural(other, 'record has', 'records have')} one that is no number."))
    return Figure(
        title=sketch.chart.label,
        fact="" if mean is None else f"mean {rounded(mean)}{unit} of {plural(n, 'value', 'values')}",
        drawing=drawing.columns(bars, ticks=_ticks(bins), rule=_mean(bins, mean)),
        table=table(f"{sketch.shown.label}, {sketch.shown.unit}" if unit else sketch.shown.label, bars),
        notes=(*notes, *missing(sketch.shown, found, result)),
    )


def _between(span: Span) -> str:
    low, high = (edge_text(end) for end in (span.low or 0.0, span.high or 0.0))
    return f"{low} to {high}"


def _ticks(bins: Bins) -> list[Tick]:
    first, last = bins.edges[0], bins.edges[-1]
    if not bins.is_log:
        return [Tick(_at(bins, mark), _text(mark)) for mark in drawing.round_numbers(first, last, 5)]
    decades = [10.0**power for power in range(round(log10(first) + 0.49), round(log10(last) - 0.49) + 1)]
    every = len(decades) // MOST_DECADES + 1
    return [Tick(_at(bins, mark), _text(mark)) for mark in decades[::every]]


def _text(mark: float) -> str:
    """As pages write numbers, which leave 1997 as it is."""
    return drawing.short(mark) if abs(mark) >= 10_000 else number(mark)


def _mean(bins: Bins, mean: float | None) -> Tick | None:
    """Several values of a record may lie outside the bars: then their mean may, and no line is drawn."""
    if mean is None or not bins.edges[0] <= mean <= bins.edges[-1]:
        return None
    return Tick(_at(bins, mean), "mean")


def _at(bins: Bins, value: float) -> float:
    place = log10 if bins.is_log else float
    first, last = place(bins.edges[0]), place(bins.edges[-1])
    return (place(value) - first) / (last - first)
