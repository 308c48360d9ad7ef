"""Places in what is filled in, by JSON pointers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

MOST_ITEMS = 500
"""So far behind nothing is put into a list."""


class Nothing(Enum):
    """No value, where ``null`` is one."""

    NOTHING = "nothing"


NOTHING = Nothing.NOTHING
EMPTY: tuple[Any, ...] = (NOTHING, None, "", [], {})


def keys_of(pointer: str) -> list[str]:
    """Raises ValueError: it is none."""
    if pointer and not pointer.startswith("/"):
        raise ValueError(pointer)
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]


def pointer_of(name: str) -> str:
    """A pointer as it is, and dotted names as one."""
    if name.startswith("/"):
        return name
    return "".join(f"/{key.replace('~', '~0').replace('/', '~1')}" for key in name.split("."))


def at(value: Any, pointer: str) -> Any:
    for key in keys_of(pointer):
        if isinstance(value, Mapping):
            value = value.get(key, NOTHING)
        elif isinstance(value, list) and is_number(key) and int(key) < len(value):
            value = value[int(key)]
        else:
            return NOTHING
    return value


def is_empty(value: Any) -> bool:
    return any(value is one or (value == one and type(value) is type(one)) for one in EMPTY)


def is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 6


def put(value: Any, pointer: str, new: Any) -> Any:
    """The value with something new at a place; as it was where there is no such place."""
    return _put(value, keys_of(pointer), new)


def without(value: Any, pointer: str) -> Any:
    """The value without a member of an object; items of lists stay: others would move into their places."""
    *above, last = keys_of(pointer)
    return _without(value, above, last)


def _put(value: Any, keys: list[str], new: Any) -> Any:
    if not keys:
        return new
    key, *rest = keys
    if isinstance(value, list):
        number = int(key) if is_number(key) else MOST_ITEMS
        if number < len(value):
            return [*value[:number], _put(value[number], rest, new), *value[number + 1 :]]
        return [*value, _put(NOTHING, rest, new)] if number == len(value) < MOST_ITEMS else value
    if value is NOTHING or value is None:
        return [_put(NOTHING, rest, new)] if key == "0" else {key: _put(NOTHING, rest, new)}
    return {**value, key: _put(value.get(key, NOTHING), rest, new)} if isinstance(value, Mapping) else value


def _without(value: Any, above: list[str], last: str) -> Any:
    if not isinstance(value, Mapping):
        return value
    if not above:
        return {key: one for key, one in value.items() if key != last}
    key, *rest = above
    return {**value, key: _without(value[key], rest, last)} if key in value else value
