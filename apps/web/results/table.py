"""Results as a table: a row a record, the columns chosen and ordered by the visitor, sorted by their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.search.forms.url_state import UrlState
from apps.search.types import Kind, Presentation, Record, Shown
from apps.web import markup
from apps.web.record.facts import key_fact
from apps.web.record.readable import Fact
from apps.web.results import columns
from apps.web.results.hits import HitCard, Snippet
from apps.web.results.page import Address


@dataclass(frozen=True, slots=True)
class Heading:
    """``sort`` is the order that the column has: ascending, descending or none. ``sort_url`` asks for the next one."""

    label: str
    unit: str = ""
    sort: str = ""
    sort_url: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    heading: Heading
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Row:
    hit: HitCard
    cells: tuple[Cell, ...]
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class ResultTable:
    title: Heading
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    options: tuple[columns.Option, ...]
    has_snippets: bool

    @property
    def rows_html(self) -> SafeString:
        return markup.hit_rows(self.rows, has_snippets=self.has_snippets)


@dataclass(frozen=True, slots=True)
class Views:
    """The switch between the ways of showing results."""

    cards_url: str
    table_url: str
    is_table: bool


def views(address: Address) -> Views:
    state = address.state
    cards, table = (
        address.url(state.with_own(columns.VIEW, "")),
        address.url(state.with_own(columns.VIEW, columns.TABLE)),
    )
    return Views(cards, table, is_table=columns.is_table(state))


def build(
    address: Address, records: Sequence[Record], hits: Sequence[HitCard], presentation: Presentation
) -> ResultTable:
    state = address.state
    shown = columns.chosen(state, presentation)
    headings = tuple(_heading(one, address) for one in shown)
    rows = []
    for record, hit in zip(records, hits, strict=True):
        cells = tuple(Cell(head, key_fact(record, one)) for head, one in zip(headings, shown, strict=True))
        rows.append(Row(hit, cells, next(iter(hit.snippets), None)))
    return ResultTable(
        title=_heading(Shown(presentation.title, "Record"), address) if presentation.title else Heading("Record"),
        headings=headings,
        rows=tuple(rows),
        options=columns.options(state, presentation, address.url),
        has_snippets=any(row.snippet for row in rows),
    )


def _heading(shown: Shown, address: Address) -> Heading:
    """Numbers and dates begin with the highest, texts with A; a second time turns the order round."""
    state = address.state
    current = state.sort[0] if state.sort else None
    is_sorted = current is not None and current.path == shown.path
    is_descending = not current.is_descending if current and is_sorted else shown.kind is not Kind.STRING
    return Heading(
        label=shown.label,
        unit=shown.unit,
        sort=_order(state) if is_sorted else "",
        sort_url=address.url(state.sorted_by(shown.path, is_descending=is_descending)),
        is_number=shown.kind is Kind.NUMBER,
    )


def _order(state: UrlState) -> str:
    return "descending" if state.sort[0].is_descending else "ascending"
