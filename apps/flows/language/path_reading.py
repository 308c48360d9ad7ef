"""The text of a path, read once: its root, and its keys or its query."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.queries import Query
from apps.flows.language.remembering import remembered
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
    may_be_of_run: bool = False
    """It begins with ``$._context``, which is the run in the dialect of Globus."""

    @property
    def is_definite(self) -> bool:
        return self.query is None

    def find(self, scene: Scene) -> Any:
        """The value, or MISSING. What is not definite gives a list, which may be empty."""
        keys = self.keys
        if self.may_be_of_run and scene.dialect is Dialect.GLOBUS:
            root: Any = scene.run
            keys = keys[1:]
        elif self.root == "$":
            root = scene.data
        else:
            root = scene.context if self.root == "$$" else scene.variables.get(self.root, MISSING)
        value = _follow(root, keys)
        return value if self.query is None else self.query.find(value, root)


def _follow(value: Any, keys: tuple[Key, ...]) -> Any:
    try:
        for key in keys:
            if value.__class__ is str:  # the only value that takes a number and holds no JSON
                return MISSING
            value = value[key]
    except (LookupError, TypeError):
        return MISSING
    return value


@remembered
def compiled(text: str) -> Path:
    """A path, read once. Raises StateFailure, ``States.Runtime``, if it is none."""
    try:
        return _read(text.strip())
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
            return _made(text, root, keys, Query("$" + _canonical(text, at)))
        keys.append(key)
        at = step.end()
        if len(keys) > MAX_STEPS:
            raise ValueError(f"it has more than {MAX_STEPS} steps")
    return _made(text, root, keys)


def _made(text: str, root: str, keys: list[Key], query: Query | None = None) -> Path:
    return Path(text, root, tuple(keys), query, may_be_of_run=root == "$" and keys[:1] == ["_context"])


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
