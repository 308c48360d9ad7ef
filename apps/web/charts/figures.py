"""Answers to figures: the main fact with its n, a drawing, the table that says the same, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from apps.search.types import ChartType, FacetResult
from apps.web.charts import drawing, grid, histogram, years
from apps.web.charts.figure import Answers, Figure, Note, Result, missing, most, table, value_bar
from apps.web.charts.questions import Sketch
from apps.web.facets.facet import counted


def build(sketches: Sequence[Sketch], answers: Answers, result: Result) -> tuple[Figure, ...]:
    """``answers`` are by name: those of ``questions.answered`` and of ``questions.cells``. No answer, no figure."""
    return tuple(figure for sketch in sketches if (figure := _figure(sketch, answers, result)) is not None)


def _figure(sketch: Sketch, answers: Answers, result: Result) -> Figure | None:
    found = answers.get(sketch.name())
    if found is None or not any(bucket.count for bucket in found.buckets):
        return None
    if sketch.bins is not None:
        return histogram.build(sketch, found, answers[sketch.name("statistics")].statistics, result)
    match sketch.chart.type:
        case ChartType.YEARS:
            return years.build(sketch, found, result)
        case ChartType.GRID:
            return grid.build(sketch, answers, result)
    return _bars(sketch, found, result)


def _bars(sketch: Sketch, found: FacetResult, result: Result) -> Figure:
    bars = [value_bar(result, sketch.chart.path, value, n) for value, n in counted(found.buckets)]
    cut = [Note(f"The {len(bars)} commonest values are shown.")] if found.has_more else []
    return Figure(
        title=sketch.chart.label,
        fact=most(bars, result),
        drawing=drawing.rows(bars),
        table=table(sketch.shown.label, bars),
        notes=(*cut, *missing(sketch.shown, found, result)),
    )
