"""Values of numpy as JSON."""

from __future__ import annotations

from typing import Any

from apps.storage.formats.plain import plain

MOST_FIELDS = 40


def listed(array: Any, most: int) -> Any:
    """A scalar as it is, a small array as lists; of a large one the first values, without their shape."""
    if isinstance(array, (bytes, str)) or not hasattr(array, "ndim"):
        return plain(array)
    if array.ndim == 0:
        return one(array[()])
    if array.size <= most:
        return [listed(row, most) for row in array]
    return [one(value) for value in array.ravel()[:most]]


def one(value: Any) -> Any:
    """A single value. Numbers of low precision have no digits behind that precision."""
    kind = getattr(value, "dtype", None)
    if kind is None:
        return plain(value)
    if kind.names:
        return {name: listed(value[name], MOST_FIELDS) for name in kind.names[:MOST_FIELDS]}
    if kind.kind == "f" and kind.itemsize < 8:
        return plain(float(str(value)))
    return plain(value.item() if kind.kind in "biufSU" else value)
