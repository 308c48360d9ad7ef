"""Scopes, as clients of Globus Auth write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.accounts.errors import InvalidScope

_PART = re.compile(r"[^\s\[\]*]+|[\[\]*]|\s+")
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Scope:
    """What a program may do at a service, and what that service may do elsewhere for it (``dependencies``).

    Written ``name[one *another[third]]``; the star marks what the user may leave out.
    """

    name: str
    is_optional: bool = False
    dependencies: tuple[Scope, ...] = ()

    def __str__(self) -> str:
        inner = f"[{' '.join(map(str, self.dependencies))}]" if self.dependencies else ""
        return f"{'*' if self.is_optional else ''}{self.name}{inner}"


def parse_scopes(text: str) -> tuple[Scope, ...]:
    """Read a list of scopes. One that is named twice at a place is one, with the dependencies of both.

    Raises:
        InvalidScope: brackets or stars stand where they may not, or brackets are more than ten deep.
    """
    parts = [part for part in _PART.findall(text) if part]
    reader = _Reader(parts, text)
    found = reader.scopes(depth=0)
    if reader.at < len(parts):
        raise reader.error()
    return found


class _Reader:
    def __init__(self, parts: list[str], text: str) -> None:
        self.parts, self.text, self.at = parts, text, 0

    def scopes(self, depth: int) -> tuple[Scope, ...]:
        """Scopes up to the end or a closing bracket."""
        if depth > DEEPEST:
            raise self.error()
        found: list[Scope] = []
        while self._skip_space() and self._here() != "]":
            found.append(self._scope(depth))
            if self._here() not in {"", "]"} and not self._here().isspace():
                raise self.error()
        return merged(found)

    def error(self) -> InvalidScope:
        return InvalidScope(details={"scope": self.text[:500], "part": self.at})

    def _scope(self, depth: int) -> Scope:
        is_optional = self._take("*")
        name = self._here()
        if not name or name in "[]*" or name.isspace():
            raise self.error()
        self.at += 1
        if not self._take("["):
            return Scope(name, is_optional)
        dependencies = self.scopes(depth + 1)
        if not dependencies or not self._take("]"):
            raise self.error()
        return Scope(name, is_optional, dependencies)

    def _here(self) -> str:
        return self.parts[self.at] if self.at < len(self.parts) else ""

    def _take(self, sign: str) -> bool:
        is_there = self._here() == sign
        self.at += is_there
        return is_there

    def _skip_space(self) -> bool:
        """Whether there is more behind it."""
        while self._here().isspace():
            self.at += 1
        return self.at < len(self.parts)


def merged(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """Each name once, in the order of first mention; optional only if each mention was."""
    by_name: dict[str, Scope] = {}
    for scope in scopes:
        known = by_name.get(scope.name)
        by_name[scope.name] = scope if known is None else _merge(known, scope)
    return tuple(by_name.values())


def _merge(one: Scope, other: Scope) -> Scope:
    is_optional = one.is_optional and other.is_optional
    return Scope(one.name, is_optional, merged((*one.dependencies, *other.dependencies)))


def all_names(scopes: Iterable[Scope]) -> Iterator[str]:
    """The names of scopes and of all that they depend on."""
    for scope in scopes:
        yield scope.name
        yield from all_names(scope.dependencies)
