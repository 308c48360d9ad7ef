"""What of a folder is listed, and in which order, as callers of the Transfer API write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from itertools import islice
from re import Pattern, compile
from typing import Any

from apps.common.errors import Invalid
from apps.common.parsing import number_in
from apps.storage.types import Entry, EntryKind

Test = Callable[[Entry], bool]
_KINDS = {"file": EntryKind.FILE, "dir": EntryKind.FOLDER, "link": EntryKind.LINK, "invalid_symlink": EntryKind.OTHER}
_FIELDS: dict[str, Callable[[Entry], Any]] = {
    "name": lambda entry: entry.path.name,
    "type": lambda entry: entry.kind.value,
    "size": lambda entry: entry.size,
    "last_modified": lambda entry: entry.modified_at.timestamp() if entry.modified_at else 0.0,
    "permissions": lambda entry: entry.mode,
    "user": lambda entry: entry.owner,
    "group": lambda entry: entry.group,
}
MOST_LISTED = 100_000


@dataclass(frozen=True, slots=True)
class Listing:
    """What is wanted of a folder. ``order`` are keys and whether each is reversed; none is the storage's own order."""

    tests: tuple[Test, ...]
    order: tuple[tuple[Callable[[Entry], Any], bool], ...]
    shows_hidden: bool
    limit: int
    offset: int

    def of(self, entries: Iterable[Entry]) -> tuple[list[Entry], int]:
        """The entries of the page, and how many there are on all. In the storage's order only the page is held."""
        wanted = (entry for entry in entries if self._is_wanted(entry))
        if self.order:
            found = list(wanted)
            for key, is_reversed in reversed(self.order):
                found.sort(key=key, reverse=is_reversed)
            return found[self.offset : self.offset + self.limit], len(found)
        counted = _Counted(wanted)
        page = list(islice(counted, self.offset, self.offset + self.limit))
        return page, counted.to_the_end()

    def _is_wanted(self, entry: Entry) -> bool:
        if entry.path.name.startswith(".") and not self.shows_hidden:
            return False
        return not self.tests or any(test(entry) for test in self.tests)


class _Counted:
    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries, self._count = entries, 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self._count += 1
            yield entry

    def to_the_end(self) -> int:
        return self._count + sum(1 for _ in self._entries)


def listing(
    *, filters: Iterable[str], orderby: str, show_hidden: str, limit: str | None, offset: str | None
) -> Listing:
    """Read the query of an `ls`.

    Each filter is ``field:values`` parts with ``/`` between them, all of which must hold; several filters are
    alternatives. A value is exact; ``~`` before it makes it a pattern with ``*`` and ``?``, ``!`` turns it around.

    Raises:
        Invalid: a part cannot be read; its place says which.
    """
    return Listing(
        tests=tuple(_filter(text) for text in filters if text),
        order=tuple(_order(part) for part in orderby.split(",") if part.strip()),
        shows_hidden=show_hidden.lower() not in {"0", "false"},
        limit=min(number_in(limit, "limit", otherwise=MOST_LISTED), MOST_LISTED),
        offset=number_in(offset, "offset", otherwise=0),
    )


def _filter(text: str) -> Test:
    tests = [_field(part) for part in text.split("/") if part]
    return lambda entry: all(test(entry) for test in tests)


def _field(part: str) -> Test:
    name, colon, values = part.partition(":")
    if not colon:
        name, values = "name", part
    if name == "type":
        return _one_of({_kind(value) for value in values.split(",")})
    if name != "name":
        raise Invalid("Filter by name or type.", place="filter")
    wanted = [_value(value) for value in values.split(",") if value]
    some = [test for is_wanted, test in wanted if is_wanted]
    none = [test for is_wanted, test in wanted if not is_wanted]
    return lambda entry: (not some or any(test(entry) for test in some)) and not any(test(entry) for test in none)


def _one_of(kinds: set[EntryKind]) -> Test:
    return lambda entry: entry.kind in kinds


def _kind(text: str) -> EntryKind:
    if text not in _KINDS:
        raise Invalid(f"Choose one of {', '.join(_KINDS)}.", place="filter")
    return _KINDS[text]


def _value(text: str) -> tuple[bool, Test]:
    is_wanted = not text.startswith("!")
    text = text.removeprefix("!")
    if text.startswith("~"):
        pattern = _pattern(text[1:])
        return is_wanted, lambda entry: pattern.match(entry.path.name) is not None
    exact = text.removeprefix("=")
    return is_wanted, lambda entry: entry.path.name == exact


@lru_cache(maxsize=100)
def _pattern(text: str) -> Pattern[str]:
    return compile(translate(text))


def _order(part: str) -> tuple[Callable[[Entry], Any], bool]:
    name, _, way = part.strip().partition(" ")
    if name not in _FIELDS or way.strip().upper() not in {"", "ASC", "DESC"}:
        raise Invalid(f"Order by one of {', '.join(_FIELDS)}, with ASC or DESC.", place="orderby")
    return _FIELDS[name], way.strip().upper() == "DESC"
