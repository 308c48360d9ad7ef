"""Paths of both dialects: where in the data of a state a value is found, and where a result is put.

``$`` is the data, ``$$`` the context object, ``$._context`` the run (Globus), ``$name`` a variable (ASL). A path is
*definite* when it names one place: ``$.a.b``, ``$.list[0]``, ``$['a key.with dots']``. Names and numbers are followed
here, in a microsecond, for nearly all paths are made of them; wildcards, slices, descents and filters by ``queries``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.queries import Query
from apps.flows.language.scene import Scene

MAX_LENGTH = 2_000
MAX_STEPS = 100

Key = str | int

_NAME = r"[^\s.,:;?*'\"`\\()\[\]{}$&|!<>=+^~]+"
_ROOT = re.compile(r"\$\$|\$(?P<variable>[^\W\d]\w*)?")
_STEP = re.compile(
    rf"""(?P<all>\.\*) | \.\.(?P<descent>{_NAME}|\*|(?=\[)) | \.(?P<name>{_NAME}(?::{_NAME})?)
    | \.?\[\s*(?:(?P<index>-?\d{{1,9}}) | (?P<quoted>'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*"))\s*\]
    | \.?(?P<open>\[)""",
    re.VERBOSE,
)
_QUOTED_OR_BRACKET = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\[\]]""")


class _Missing:
    """The value of a path that leads nowhere. (None is JSON's null, and somewhere.)"""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


@dataclass(frozen=True)
class Path:
    """A path that was read: from its root by ``keys``, and from there by ``query``, if it is not definite."""

    text: str
    root: str
    """``$``, ``$$``, or the name of a variable."""
    keys: tuple[Key, ...]
    query: Query | None = None

    @property
    def is_definite(self) -> bool:
        return self.query is None

    def find(self, scene: Scene) -> Any:
        """The value, or MISSING. What is not definite gives a list, which may be empty."""
        root = self._start(scene)
        value = _follow(root, self._keys_in(scene))
        return value if self.query is None else self.query.find(value, root)

    def _start(self, scene: Scene) -> Any:
        if self.root == "$":
            return scene.run if self._is_of_run(scene) else scene.data
        return scene.context if self.root == "$$" else scene.variables.get(self.root, MISSING)

    def _keys_in(self, scene: Scene) -> tuple[Key, ...]:
        return self.keys[1:] if self._is_of_run(scene) else self.keys

    def _is_of_run(self, scene: Scene) -> bool:
        return self.keys[:1] == ("_context",) and self.root == "$" and scene.dialect is Dialect.GLOBUS


def _follow(value: Any, keys: tuple[Key, ...]) -> Any:
    try:
        for key in keys:
            if value.__class__ is str:  # the only value that takes a number and holds no JSON
                return MISSING
            value = value[key]
    except (LookupError, TypeError):
        return MISSING
    return value


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


@lru_cache(maxsize=4096)
def compiled(text: str) -> Path:
    """A path, read once. Raises StateFailure, ``States.Runtime``, if it is none."""
    try:
        return _read(text)
    except ValueError as error:
        raise StateFailure(ErrorName.RUNTIME, f"{shown(text)} is not a path: {error}.") from error


def _read(text: str) -> Path:
    if len(text) > MAX_LENGTH:
        raise ValueError(f"it is longer than {MAX_LENGTH} characters")
    opening = _ROOT.match(text)
    if not opening:
        raise ValueError("it does not begin with `$`")
    root = opening["variable"] or opening[0]
    keys: list[Key] = []
    at = opening.end()
    while at < len(text):
        step = _STEP.match(text, at)
        if not step:
            raise ValueError(f"what follows {shown(text[:at])} cannot be read")
        key = _key_of(step)
        if key is None:
            return Path(text, root, tuple(keys), Query("$" + _canonical(text, at)))
        keys.append(key)
        at = step.end()
        if len(keys) > MAX_STEPS:
            raise ValueError(f"it has more than {MAX_STEPS} steps")
    return Path(text, root, tuple(keys))


def _key_of(step: re.Match[str]) -> Key | None:
    """The name or number of a step; None if it may match many values."""
    if step["name"] is not None:
        return step["name"]
    if step["index"] is not None:
        return int(step["index"])
    return _unquoted(step["quoted"]) if step["quoted"] is not None else None


def _unquoted(quoted: str) -> str:
    """What a quoted name stands for: JSON's escapes, and ``\\'``."""
    inner = quoted[1:-1].replace("\\'", "'") if quoted[0] == "'" else quoted[1:-1]
    inner = re.sub(r'\\.|"', lambda found: found[0] if found[0] != '"' else '\\"', inner)
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        raise ValueError(f"the name {shown(quoted)} cannot be read") from None


def _canonical(text: str, at: int) -> str:
    """The rest of a path as RFC 9535 writes it, whose bare names may not hold ``-``, ``@`` or ``/``. Brackets stay."""
    parts = []
    steps = 0
    while at < len(text):
        step = _STEP.match(text, at)
        if not step:
            raise ValueError(f"what follows {shown(text[:at])} cannot be read")
        end = _end_of_bracket(text, step.start("open")) if step["open"] else step.end()
        key = _key_of(step)
        if isinstance(key, str):
            parts.append(f"[{json.dumps(key)}]")
        elif step["descent"] not in (None, "", "*"):
            parts.append(f"..[{json.dumps(step['descent'])}]")
        else:
            parts.append(text[step.start("open") if step["open"] else at : end])
        at = end
        steps += 1
    if steps > MAX_STEPS:
        raise ValueError(f"it has more than {MAX_STEPS} steps")
    return "".join(parts)


def _end_of_bracket(text: str, at: int) -> int:
    depth = 0
    for found in _QUOTED_OR_BRACKET.finditer(text, at):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    raise ValueError("a bracket is not closed")
