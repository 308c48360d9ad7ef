r"""Reads the text of an intrinsic function: ``States.Format('{} \'{}\'', $.name, States.ArrayLength($.list))``.

Arguments are strings in apostrophes, numbers, ``null``, ``true``, ``false``, paths, and functions again. In strings
``\'``, ``\{``, ``\}`` and ``\\`` stand for a character; any other backslash is an error, as it is in Step Functions.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.paths import check_path
from apps.flows.language.remembering import remembered

MAX_LENGTH = 10_000
MAX_DEPTH = 10  # the number that AWS gives for nesting

_NAME = re.compile(r"[A-Za-z0-9._]+(?=\()")
_WORD = re.compile(r"(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|null|true|false)(?=[\s,)])")
_STRING = re.compile(r"'(?P<inner>(?:[^'\\]|\\.)*)'", re.DOTALL)
_PATH = re.compile(r"""\$(?:[^\s,()\[\]]|\[(?:[^\[\]'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\[[^\[\]]*\])*\])*""")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BLANK = re.compile(r"\s*")


@dataclass(frozen=True)
class Constant:
    value: Any
    template: str = ""
    """A string as it is written, escapes and all: ``States.Format`` tells ``{}`` from ``\\{\\}``."""


@dataclass(frozen=True)
class PathArgument:
    path: str


@dataclass(frozen=True)
class Invocation:
    name: str
    arguments: tuple[Argument, ...]


Argument = Constant | PathArgument | Invocation


@remembered
def read_invocation(text: str) -> Invocation:
    """Read an intrinsic function. Raises StateFailure, ``States.IntrinsicFailure``, with what is wrong."""
    if len(text) > MAX_LENGTH:
        raise _wrong(text, f"it is longer than {MAX_LENGTH} characters")
    reader = _Reader(text.strip())
    invocation = reader.invocation(depth=1)
    if reader.at < len(reader.text):
        raise _wrong(text, f"nothing may follow it, but {shown(reader.text[reader.at :])} does")
    return invocation


def _wrong(text: str, trouble: str) -> StateFailure:
    return StateFailure(ErrorName.INTRINSIC, f"{shown(text)} is not an intrinsic function: {trouble}.")


class _Reader:
    """Goes through the text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def invocation(self, depth: int) -> Invocation:
        if depth > MAX_DEPTH:
            raise _wrong(self.text, f"functions are nested deeper than {MAX_DEPTH}")
        name = self._take(_NAME)
        if name is None:
            raise _wrong(self.text, "it begins with a name and a bracket, such as `States.Format(`")
        self.at += 1
        arguments: list[Argument] = []
        self._take(_BLANK)
        while not self._skip(")"):
            if arguments and not self._skip(","):
                raise _wrong(self.text, f"a comma or a closing bracket is missing before {shown(self.text[self.at :])}")
            self._take(_BLANK)
            arguments.append(self._argument(depth))
            self._take(_BLANK)
        return Invocation(name[0], tuple(arguments))

    def _argument(self, depth: int) -> Argument:
        if string := self._take(_STRING):
            return Constant(self._unescaped(string["inner"]), template=string["inner"])
        if path := self._take(_PATH):
            if trouble := check_path(path[0]):
                raise _wrong(self.text, trouble.rstrip("."))
            return PathArgument(path[0])
        if word := self._take(_WORD):
            return Constant(self._number_or_word(word[0]))
        return self.invocation(depth + 1)

    def _number_or_word(self, word: str) -> Any:
        try:
            value = json.loads(word)
        except ValueError:  # `01`, or thousands of digits
            raise _wrong(self.text, f"{shown(word)} is not a number") from None
        if isinstance(value, float) and not math.isfinite(value):
            raise _wrong(self.text, f"{shown(word)} is too large")
        return value

    def _unescaped(self, inner: str) -> str:
        for found in _ESCAPE.finditer(inner):
            if found[1] not in "'{}\\":
                raise _wrong(self.text, f"the backslash before {shown(found[1])} stands for nothing; write two")
        return _ESCAPE.sub(r"\1", inner)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def _skip(self, character: str) -> bool:
        is_there = self.text.startswith(character, self.at)
        self.at += is_there
        return is_there
