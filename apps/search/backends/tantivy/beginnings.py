"""Where an order by numbers or instants begins, as the values of all subjects lie.

To place a subject costs the engine more than to pass it by, and most lie far behind the first page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tantivy import Query as Engine

from apps.search.backends.tantivy.bounds import literals
from apps.search.backends.tantivy.places import Column
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import Kind, Range

_KINDS = {"n": Kind.NUMBER, "d": Kind.DATE}
_CELLS = 1_000
_FINEST = 1e-9
"""Cells finer than this share of the values are not used: the engine rounds where they lie."""

Cells = tuple[float, list[tuple[float, int]]]
"""How wide a cell is; and where each begins that holds anything, with how many subjects."""


def beginning(reader: Reader, columns: Sequence[Column], size: int) -> str:
    """A filter in the engine's syntax that holds the first values of at least so many of all subjects, and all that lie
    before any of these; empty where none is known.
    """
    if len(columns) != 1 or columns[0].letter not in _KINDS:
        return ""
    (column,) = columns
    width, cells = reader.kept.get(("cells", column.name), lambda: _cells(reader, column))
    passed, is_descending = 0, column.order == "desc"
    for key, count in reversed(cells) if is_descending else cells:
        passed += count
        if passed >= size:  # A cell more on the far side: what the engine rounded lies there.
            lower, upper = (key - width, None) if is_descending else (None, key + 2 * width)
            (literal,) = literals(Range("", _KINDS[column.letter], lower, upper))
            return f"{column.name}:{literal}"
    return ""


def _cells(reader: Reader, column: Column) -> Cells:
    everything = Engine.all_query()
    extent = reader.searcher.aggregate(everything, {"stats": {"stats": {"field": column.name}}})["stats"]
    if not extent["count"]:
        return 0.0, []
    width = (extent["max"] - extent["min"]) / _CELLS
    if not _FINEST * max(abs(extent["min"]), abs(extent["max"])) < width < math.inf:
        return 0.0, []
    rule = {"field": column.name, "interval": width, "min_doc_count": 1}
    found = reader.searcher.aggregate(everything, {"cells": {"histogram": rule}})["cells"]["buckets"]
    return width, sorted((bucket["key"], bucket["doc_count"]) for bucket in found)
