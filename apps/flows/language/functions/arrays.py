"""Arrays and objects."""

from __future__ import annotations

from typing import Any

from apps.flows.language.functions.kinds import a_list, a_whole, an_object

MAX_RANGE = 1_000  # items that AWS puts into a range


def make(*values: Any) -> list[Any]:
    return list(values)


def length(array: Any) -> int:
    return len(a_list(array))


def partition(array: Any, size: Any) -> list[Any]:
    step = a_whole(size)
    if step < 1:
        raise ValueError("the size of the pieces is at least 1")
    return [array[at : at + step] for at in range(0, len(a_list(array)), step)]


def count_up(first: Any, last: Any, step: Any) -> list[int]:
    """The numbers from the first to the last, which is among them."""
    start, end, by = (a_whole(each) for each in (first, last, step))
    if not by:
        raise ValueError("the step is not zero")
    numbers = range(start, end + (1 if by > 0 else -1), by)
    if numbers[MAX_RANGE:]:  # `len` fails for long ones
        raise ValueError(f"the range has more than {MAX_RANGE} items")
    return list(numbers)


def get_item(array: Any, index: Any) -> Any:
    at = a_whole(index)
    if not 0 <= at < len(a_list(array)):
        raise ValueError(f"there is no item {at} in an array of {len(array)}")
    return array[at]


def contains(array: Any, wanted: Any) -> bool:
    identity = _identity(wanted)
    return any(_identity(each) == identity for each in a_list(array))


def unique(array: Any) -> list[Any]:
    """The first of each, in their order."""
    firsts: dict[Any, Any] = {}
    for each in a_list(array):
        firsts.setdefault(_identity(each), each)
    return list(firsts.values())


def _identity(value: Any) -> Any:
    """What two values share when JSON takes them for equal: 1 and 1.0, but not 1 and true."""
    if isinstance(value, bool | None):
        return (type(value), value)
    if isinstance(value, list):
        return ("list", *map(_identity, value))
    if isinstance(value, dict):
        return ("object", frozenset((key, _identity(each)) for key, each in value.items()))
    return value


def merge(first: Any, second: Any, is_deep: Any) -> dict[str, Any]:
    if is_deep is not False:
        raise ValueError("the third argument is false: objects are not merged in depth")
    return {**an_object(first), **an_object(second)}
