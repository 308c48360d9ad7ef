"""Paths of both dialects: where in the data of a state a value is found, and where a result is put.

``$`` is the data, ``$$`` the context object, ``$._context`` the run (Globus), ``$name`` a variable (ASL). A path is
*definite* when it names one place: ``$.a.b``, ``$.list[0]``, ``$['a key.with dots']``. Names and numbers are followed
here, in a microsecond, for nearly all paths are made of them; wildcards, slices, descents and filters by ``queries``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.path_reading import MISSING, Key, compiled
from apps.flows.language.scene import Scene

__all__ = ["Key", "check_path", "check_reference_path", "compiled", "find", "is_there", "put"]


def find(path: str, scene: Scene, *, missing: str = ErrorName.RUNTIME) -> Any:
    """The value at a path; a list of all that match, perhaps none, when the path is not definite.

    Raises StateFailure: named ``missing`` if a definite path leads nowhere, ``States.Runtime`` if it is no path at all.
    """
    value = compiled(path).find(scene)
    if value is MISSING:
        raise StateFailure(missing, f"{shown(path)} leads to nothing in the state's data.")
    return value if not isinstance(value, Mapping) or isinstance(value, dict) else dict(value)


def is_there(path: str, scene: Scene) -> bool:
    """Tell whether a path leads to a value, be it null; if it may match many, whether any does."""
    found = compiled(path)
    value = found.find(scene)
    return value is not MISSING if found.is_definite else bool(value)


def put(path: str, data: Any, value: Any) -> Any:
    """The data with ``value`` at a reference path: a new document, that shares with the old what did not change.

    ``$`` replaces all. Objects that are missing are made, and null gives way to one; anything else in the way, and a
    place in a list that does not exist, is a StateFailure, ``States.ResultPathMatchFailure``.
    """
    if trouble := check_reference_path(path):
        raise StateFailure(ErrorName.RUNTIME, trouble)
    return _put(compiled(path).keys, data, value, path)


def _put(keys: tuple[Key, ...], data: Any, value: Any, path: str) -> Any:
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    if isinstance(key, str) and (data is None or isinstance(data, dict)):
        members = data or {}
        return {**members, key: _put(rest, members.get(key), value, path)}
    if isinstance(key, int) and isinstance(data, list) and -len(data) <= key < len(data):
        changed = list(data)
        changed[key] = _put(rest, data[key], value, path)
        return changed
    what = "is no object" if isinstance(key, str) else "has no such place"
    raise StateFailure(ErrorName.RESULT_PATH, f"No result can be put at {shown(path)}: what holds {shown(key)} {what}.")


def check_path(path: Any, dialect: Dialect | None = None) -> str | None:
    """What is wrong with a path, in a sentence; None if nothing is. With a dialect, also whether it has such paths."""
    if not isinstance(path, str):
        return f"A path is a string such as `$.name`, not {shown(json.dumps(path, default=str))}."
    try:
        found = compiled(path)
    except StateFailure as failure:
        return failure.cause
    if dialect is Dialect.GLOBUS and found.root not in ("$", "$$"):
        return (
            f"{shown(path)} names a variable, which flows of this dialect do not have. Write {shown('$.' + path[1:])}."
        )
    return None


def check_reference_path(path: Any, dialect: Dialect | None = None) -> str | None:
    """What keeps a path from being one to put a result at, in a sentence; None if nothing does."""
    if trouble := check_path(path, dialect):
        return trouble
    found = compiled(path)
    if not found.is_definite:
        return f"{shown(path)} may name many places. Use names and numbers alone, such as `$.results[0].size`."
    if found.root != "$":
        return f"{shown(path)} is not in the state's data. Begin with `$.`."
    if found.keys[:1] == ("_context",) and dialect is Dialect.GLOBUS:
        return "`$._context` can only be read. Put the result elsewhere."
    return None
