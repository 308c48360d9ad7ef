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


def pointer_to(pointer: str, *keys: object) -> str:
    """The JSON pointer of what stands within ``pointer`` under these names and numbers (RFC 6901)."""
    return pointer + "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)


def pointer_of(name: str) -> str:
    """A pointer as it is, and dotted names as one."""
    return name if name.startswith("/") else pointer_to("", *name.split("."))


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


def is_deeper(value: Any, levels: int) -> bool:
    """Counted level by level: what is too deep cannot be gone into."""
    inner = [value]
    for _ in range(levels + 1):
        held = [one for one in inner if isinstance(one, Mapping | list)]
        inner = [part for one in held for part in (one.values() if isinstance(one, Mapping) else one)]
        if not held:
            return False
    return True


def is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 6


def put(value: Any, pointer: str, new: Any) -> Any:
    """The value with something new at a place; as it was where there is no such place."""
    return _put(value, keys_of(pointer), new)


def without(value: Any, pointer: str) -> Any:
    """The value without what is at a place, and without what held nothing else. Of lists only the last item goes:
    others would move into its place."""
    return _without(value, keys_of(pointer))


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


def _without(value: Any, keys: list[str]) -> Any:
    key, *rest = keys
    held = at(value, pointer_to("", key))
    if held is NOTHING:
        return value
    left = _without(held, rest) if rest else NOTHING
    is_gone = left is NOTHING or (left in ({}, []) and left != held)
    if isinstance(value, list):
        number = int(key)
        if is_gone and number == len(value) - 1:
            return value[:number]
        return [*value[:number], None if left is NOTHING else left, *value[number + 1 :]]
    rest_of_it = {name: one for name, one in value.items() if name != key}
    return rest_of_it if is_gone else {**value, key: left}
