"""Tables in text: their columns, and how many rows they have, as far as they are read."""

from __future__ import annotations

import csv
import io
from typing import Any, BinaryIO

from apps.storage.formats.plain import text

MOST_BYTES = 32 << 20
MOST_COLUMNS = 200
LOOKED_AT = 1_000
DELIMITERS = ",\t;|"


def read(file: BinaryIO) -> dict[str, Any]:
    """``kind`` of a column is integer, number or text, from its first thousand rows."""
    words = io.TextIOWrapper(io.BytesIO(file.read(MOST_BYTES)), encoding="utf-8-sig", errors="replace", newline="")
    is_cut = bool(file.read(1))
    first = words.readline(1 << 16)
    delimiter = max(DELIMITERS, key=first.count)
    if delimiter not in first:
        raise ValueError("its first line has no columns")
    words.seek(0)
    rows = csv.reader(words, delimiter=delimiter)
    head = next(rows)
    kinds: list[str] = [""] * len(head)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count <= LOOKED_AT:
            kinds = [_wider(kind, value) for kind, value in zip(kinds, row + [""] * len(kinds), strict=False)]
    is_headed = not any(_kind(value) in {"integer", "number"} for value in head)
    names = head if is_headed else [""] * len(head)
    columns = [{"name": text(name), "kind": kind or "text"} for name, kind in zip(names, kinds, strict=True)]
    told = {"columns": columns[:MOST_COLUMNS], "column_count": len(head), "delimiter": delimiter}
    return told | {"rows": count + (not is_headed), "has_header": is_headed, "is_cut": is_cut}


def _wider(kind: str, value: str) -> str:
    """The kind of a column that was ``kind`` so far."""
    order = ["", "integer", "number", "text"]
    return order[max(order.index(kind), order.index(_kind(value)))]


def _kind(value: str) -> str:
    value = value.strip()
    if not value:
        return ""
    try:
        float(value[:400])
    except ValueError:
        return "text"
    return "integer" if value.lstrip("+-").isdigit() else "number"
