"""The first lines of a table that is written as text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice

from apps.web.values import plural

MOST_ROWS = 200
MOST_COLUMNS = 60
MOST_SIGNS = 200
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """Each row has a cell for each of ``head``."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def table(text: str, *, delimiter: str = "", is_whole: bool) -> Table | None:
    """The first row is the head. None if the text reads as no table.

    Without a ``delimiter`` it is the sign that stands most often in the first line.
    """
    lines = text.splitlines(keepends=True)
    if not is_whole:
        lines = lines[:-1]  # It may be half a line.
    first = next((line for line in lines if line.strip()), "")
    sign = delimiter or max(_DELIMITERS, key=first.count)
    try:
        rows = list(islice((row for row in csv.reader(lines, delimiter=sign) if row), MOST_ROWS + 2))
    except csv.Error:
        return None
    if not rows:
        return None
    width = max(map(len, rows))
    cut = [_fit(row, min(width, MOST_COLUMNS)) for row in rows[: MOST_ROWS + 1]]
    return Table(cut[0], tuple(cut[1:]), _note(len(rows) - 1, width, is_whole=is_whole))


def _fit(row: list[str], width: int) -> tuple[str, ...]:
    cells = [cell if len(cell) <= MOST_SIGNS else f"{cell[: MOST_SIGNS - 1]}…" for cell in row[:width]]
    return (*cells, *[""] * (width - len(cells)))


def _note(rows: int, columns: int, *, is_whole: bool) -> str:
    is_cut = rows > MOST_ROWS or not is_whole
    told = plural(min(rows, MOST_ROWS), "row", "rows")
    parts = [f"The first {told}." if is_cut else f"{told[:1].upper()}{told[1:]}."]
    if columns > MOST_COLUMNS:
        parts.append(f"The first {MOST_COLUMNS} of {columns} columns.")
    return " ".join(parts)
