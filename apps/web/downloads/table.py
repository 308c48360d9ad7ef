"""Records as lines of CSV (RFC 4180) that a spreadsheet may open: no cell of text is ever run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from apps.search.types import Record, Shown
from apps.web import content
from apps.web.facets import spelled

BETWEEN = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def header(columns: Sequence[Shown]) -> str:
    labels = [f"{shown.label} ({shown.unit})" if shown.unit else shown.label for shown in columns]
    return _line(map(harmless, ["Subject", "Title", *labels]))


def line(record: Record, title: str, columns: Sequence[Shown]) -> str:
    cells = [cell(content.values(record, shown.path)) for shown in columns]
    return _line([harmless(record.subject), harmless(content.text(record, title)), *cells])


def cell(values: Iterable[object]) -> str:
    """The values, joined. A number alone is no text: its minus stays as it is."""
    found = [value for value in values if value not in (None, "")]
    if len(found) == 1 and isinstance(found[0], int | float):
        return spelled(found[0])
    return harmless(BETWEEN.join(_text(value) for value in found))


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _text(value: object) -> str:
    return spelled(value) if isinstance(value, bool | int | float) else harmless(str(value))


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
