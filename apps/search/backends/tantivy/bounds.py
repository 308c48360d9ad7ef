"""Ranges of numbers and instants, written so that the engine reads them as they are meant.

Only its query parser makes ranges over JSON fields. It infers a type from each literal, takes ``2.0`` for an integer,
and panics when the two bounds of a range differ in type. So bounds are written in one type, and a range that spans
types is parted where the type changes. One value must meet both bounds: two half-open ranges would not do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from apps.search.types import Kind, Range

# From 2^52 on each double is whole, so its literal is an integer: i64, then u64 (up to and with 2^64), then a double.
_WHOLE = 2.0**52
_EDGES = (
    -math.inf,
    -(2.0**63),
    math.nextafter(-_WHOLE, math.inf),
    _WHOLE,
    2.0**63,
    math.nextafter(2.0**64, math.inf),
    math.inf,
)


def double(value: float | int) -> float:
    """The nearest double, one zero (the engine has two); beyond all doubles is infinite."""
    try:
        return float(value) + 0.0
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def is_open(clause: Range) -> bool:
    """Whether any value lies in the range: the parser knows no range without a bound."""
    lower, upper = clause.lower, clause.upper
    return (lower is None or double(lower) == -math.inf) and (upper is None or double(upper) == math.inf)


def literals(clause: Range) -> list[str]:
    """The range as ranges of the parser (``[1.5 TO 2.25}``), any of which may hold a value. None: nothing can match."""
    lower = -math.inf if clause.lower is None else double(clause.lower)
    upper = math.inf if clause.upper is None else double(clause.upper)
    if math.isnan(lower) or math.isnan(upper) or lower == math.inf or upper == -math.inf:
        return []
    # Inclusive bounds are easier to cut: an exclusive one is the next double's inclusive one.
    if not clause.includes_lower and lower != -math.inf:
        lower = math.nextafter(lower, math.inf)
    if not clause.includes_upper and upper != math.inf:
        upper = math.nextafter(upper, -math.inf)
    if lower > upper:
        return []
    if clause.kind is Kind.DATE:
        return [_whole(lower, upper)]
    return [_numbers(low, high) for low, high in _pieces(lower, upper)]


def _pieces(lower: float, upper: float) -> Iterator[tuple[float, float]]:
    if lower == -math.inf or upper == math.inf:
        yield lower, upper
        return
    for start, stop in pairwise(_EDGES):
        low, high = max(lower, start), min(upper, math.nextafter(stop, -math.inf))
        if low <= high:
            yield low, high


def _numbers(lower: float, upper: float) -> str:
    return f"{_lower(lower)} TO {_upper(upper)}"


def _lower(bound: float) -> str:
    if bound == -math.inf:
        return "[*"
    if abs(bound) < _WHOLE and bound.is_integer():
        return "{" + _plain(math.nextafter(bound, -math.inf))
    return "[" + _plain(bound)


def _upper(bound: float) -> str:
    if bound == math.inf:
        return "*]"
    if abs(bound) < _WHOLE and bound.is_integer():
        return _plain(math.nextafter(bound, math.inf)) + "}"
    return _plain(bound) + "]"


def _plain(value: float) -> str:
    """In plain decimals: the parser knows no exponents."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _whole(lower: float, upper: float) -> str:
    low = "*" if lower == -math.inf else str(math.ceil(lower))
    high = "*" if upper == math.inf else str(math.floor(upper))
    return f"[{low} TO {high}]"
