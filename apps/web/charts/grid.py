"""A grid: the values of one path against those of another."""

from __future__ import annotations

from apps.search.types import FacetResult
from apps.web.charts import drawing
from apps.web.charts.figure import EMPTY, Answers, Figure, Note, Result, Row, Table, missing, most, value_bar
from apps.web.charts.narrowing import to_value
from apps.web.charts.questions import Sketch, axes
from apps.web.facets.facet import counted, spelled


def build(sketch: Sketch, answers: Answers, result: Result) -> Figure | None:
    """None where there is nothing to draw, or too many values to count those of the columns among them."""
    sides, heads = ([spelled(value) for value in values] for values in axes(sketch, answers))
    rows = []
    for at, side in enumerate(sides):
        within = to_value(result.state, sketch.chart.path, side)
        found = answers.get(sketch.row(at), FacetResult(""))
        counts = dict(counted(found.buckets))
        if found.has_more and not counts.keys() >= set(heads):
            return None
        narrow = Result(within, result.total, result.url)
        name, across = side or EMPTY, sketch.chart.across
        cells = tuple(value_bar(narrow, across, head, counts.get(head, 0), row=name) for head in heads)
        rows.append(Row(name, result.url(within), cells))
    if not any(cell.count for row in rows for cell in row.cells):
        return None
    named_heads = tuple(head or EMPTY for head in heads)
    return Figure(
        title=sketch.chart.label,
        fact=most([cell for row in rows for cell in row.cells], result),
        drawing=drawing.grid([row.cells for row in rows], sides=[row.label for row in rows], heads=named_heads),
        table=Table((sketch.shown.label, *named_heads), tuple(rows)),
        notes=(
            *_more(sketch, answers, len(rows), len(heads)),
            *missing(sketch.shown, answers[sketch.name()], result),
        ),
    )


def _more(sketch: Sketch, answers: Answers, rows: int, columns: int) -> list[Note]:
    """Which values a grid leaves out."""
    found = [answers[sketch.name(part)] for part in ("", "across")]
    if not any(len(one.buckets) > shown or one.has_more for one, shown in zip(found, (rows, columns), strict=True)):
        return []
    return [Note(f"The commonest values are shown: {rows} down, {columns} across.")]
