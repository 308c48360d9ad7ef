"""What a chart of a page is, in plain values, and what all of them say alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from django.utils.safestring import SafeString

from apps.search.forms.choices import How
from apps.search.forms.url_state import UrlState
from apps.search.types import FacetResult, Shown
from apps.web import markup
from apps.web.charts import svg
from apps.web.charts.drawing import cut
from apps.web.charts.narrowing import to_missing, to_value, to_year
from apps.web.charts.shapes import Bar, Drawing
from apps.web.values import count, number, plural

Answers = Mapping[str, FacetResult]
EMPTY = "(empty)"


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    url: str
    cells: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The twin of a drawing. ``head`` names the rows, then each column."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def rows_html(self) -> SafeString:
        return markup.rows(self.rows)


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    title: str
    fact: str
    drawing: Drawing
    table: Table
    notes: tuple[Note, ...] = ()

    @property
    def svg(self) -> SafeString:
        return svg.written(self.drawing)


@dataclass(frozen=True, slots=True)
class Result:
    """The search whose result is drawn. ``url`` writes the address of another one."""

    state: UrlState
    total: int
    url: Callable[[UrlState], str]


def value_bar(result: Result, path: str, value: str, n: int, *, how: How = How.ANY, row: str = "") -> Bar:
    """Empty ones are no links. What was chosen stands out from what the found records hold besides.

    In a grid ``row`` names the bar, too.
    """
    among = result.state.chosen(path, how)
    narrowed = (to_year if how is How.YEAR else to_value)(result.state, path, value)
    url = result.url(narrowed) if n and narrowed else ""
    name = value or EMPTY
    return Bar(f"{row}, {name}" if row else name, n, url, is_in=not among or value in among)


def table(first: str, bars: Sequence[Bar]) -> Table:
    return Table((first, "Records"), tuple(Row(bar.label, bar.url, (Bar(bar.label, bar.count),)) for bar in bars))


def most(bars: Sequence[Bar], result: Result) -> str:
    """The main fact of a chart of values."""
    first = max(bars, key=lambda bar: bar.count)
    return f"most: {cut(first.label, 300)}, {count(first.count)} of {plural(result.total, 'record', 'records')}"


def missing(shown: Shown, found: FacetResult, result: Result) -> list[Note]:
    if found.missing <= 0:
        return []
    n = plural(found.missing, "record has", "records have")
    return [Note(f"{n} no {lowered(shown.label)}.", result.url(to_missing(result.state, shown.path)))]


def lowered(label: str) -> str:
    """As it stands within a sentence: ``Hit rate`` is "hit rate", ``pH`` and ``DOI`` stay."""
    return label[:1].lower() + label[1:] if label[1:] == label[1:].lower() else label


def rounded(mean: float) -> str:
    """To three digits that count; whole numbers whole."""
    digits = 2 - floor(log10(abs(mean))) if mean else 0
    return number(round(mean, max(digits, 0)))
