"""Records as lines of CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apps.search.types import Record, Shown
from apps.web import content, csv_lines
from apps.web.csv_lines import harmless
from apps.web.facets.facet import spelled

BETWEEN = "; "


def header(columns: Sequence[Shown]) -> str:
    labels = [f"{shown.label} ({shown.unit})" if shown.unit else shown.label for shown in columns]
    return csv_lines.line(map(harmless, ["Subject", "Title", *labels]))


def line(record: Record, title: str, columns: Sequence[Shown]) -> str:
    cells = [cell(content.values(record, shown.path)) for shown in columns]
    return csv_lines.line([harmless(record.subject), harmless(content.text(record, title)), *cells])


def cell(values: Iterable[object]) -> str:
    """The values, joined. A number alone is no text: its minus stays as it is."""
    found = [value for value in values if value not in (None, "")]
    if len(found) == 1 and isinstance(found[0], int | float):
        return spelled(found[0])
    return harmless(BETWEEN.join(_text(value) for value in found))


def _text(value: object) -> str:
    return spelled(value) if isinstance(value, bool | int | float) else harmless(str(value))
