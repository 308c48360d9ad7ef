"""Years: when, a column for each year between the first and the last, so that gaps are seen."""

from __future__ import annotations

from apps.search.forms.choices import How
from apps.search.types import FacetResult, Kind
from apps.web.charts import drawing
from apps.web.charts.figure import Figure, Note, Result, missing, most, table, value_bar
from apps.web.charts.questions import Sketch
from apps.web.facets.facet import counted
from apps.web.values import plural, year

MOST_YEARS = 60


def build(sketch: Sketch, found: FacetResult, result: Result) -> Figure | None:
    is_number = sketch.shown.kind is Kind.NUMBER
    how = How.ANY if is_number else How.YEAR
    dates = ((year(bucket.value), bucket.count) for bucket in found.buckets)
    values = list(counted(found.buckets) if is_number else dates)
    counts = {int(text): n for text, n in values if text.isascii() and text.isdigit() and len(text) <= 4}
    if not counts:
        return None
    last = max(counts)
    first = max(min(counts), last - MOST_YEARS + 1)
    earlier, other = sum(1 for one in counts if one < first), len(values) - len(counts)
    span = range(first, last + 1)
    bars = [value_bar(result, sketch.chart.path, f"{one:04}", counts.get(one, 0), how=how) for one in span]
    notes = [Note(f"{plural(earlier, 'earlier year is', 'earlier years are')} not shown.")] if earlier else []
    if other:
        notes.append(Note(f"{plural(other, 'value is', 'values are')} no year."))
    return Figure(
        title=sketch.chart.label,
        fact=most(bars, result),
        drawing=drawing.columns(bars, ticks=drawing.thinned([bar.label for bar in bars])),
        table=table("Year", bars),
        notes=(*notes, *missing(sketch.shown, found, result)),
    )
