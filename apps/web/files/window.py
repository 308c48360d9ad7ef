"""The part of a folder that a page shows, in the order that is asked for.

Most folders are small: they are read whole and sorted as people read, folders first and run 2 before run 10. Larger
ones are shown by name in the order of their storage, so that a page of them is found without holding the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from apps.storage.types import Entry
from apps.web.files.address import Side
from apps.web.values import count

SIZE = 100
MOST_HELD = 10_000
MOST_SORTED = 200_000
"""About 100 MB, and as many calls to a file system as somebody waits for."""
_DIGITS = re.compile(r"(\d{1,18})", re.ASCII)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """``total`` is None where the rest was not counted. ``is_cut``: only the first entries were sorted."""

    entries: tuple[Entry, ...]
    offset: int
    total: int | None
    is_more: bool
    is_cut: bool = False

    @property
    def text(self) -> str:
        if not self.entries:
            return f"none of {count(self.total)}" if self.total else "nothing"
        of = f"more than {count(MOST_HELD)}" if self.total is None else count(self.total)
        return f"{count(self.offset + 1)} to {count(self.offset + len(self.entries))} of {of}"


def window(entries: Iterable[Entry], side: Side) -> Window:
    offset = (side.page - 1) * SIZE
    wanted = (entry for entry in entries if _is_wanted(entry, side))
    held = list(islice(wanted, MOST_HELD + 1))
    if len(held) <= MOST_HELD:
        held.sort(key=_by_name)
        return _page(_sorted(held, side.sort), offset)
    if side.sort == "name":
        return _streamed(chain(held, wanted), offset)
    held += islice(wanted, MOST_SORTED - len(held))
    return _page(_sorted(held, side.sort), offset, is_cut=next(wanted, None) is not None)


def _is_wanted(entry: Entry, side: Side) -> bool:
    name = entry.path.name
    if name.startswith(".") and not side.shows_hidden:
        return False
    return side.contains.casefold() in name.casefold()


def _streamed(entries: Iterator[Entry], offset: int) -> Window:
    page = tuple(islice(entries, offset, offset + SIZE + 1))
    return Window(page[:SIZE], offset, None, is_more=len(page) > SIZE)


def _page(entries: list[Entry], offset: int, *, is_cut: bool = False) -> Window:
    page = tuple(entries[offset : offset + SIZE])
    return Window(page, offset, len(entries), is_more=offset + SIZE < len(entries), is_cut=is_cut)


def _sorted(entries: list[Entry], sort: str) -> list[Entry]:
    """Folders stay together at the top, whichever way the rest is sorted."""
    entries.sort(key=_ORDERS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    entries.sort(key=lambda entry: not entry.is_folder)
    return entries


def _by_name(entry: Entry) -> tuple[Any, ...]:
    """Numbers in names by their value; words and numbers stand at the same places of every key."""
    parts = _DIGITS.split(entry.path.name.casefold())
    return (*(int(part) if at % 2 else part for at, part in enumerate(parts)), entry.path.name)


_ORDERS: dict[str, Callable[[Entry], Any]] = {
    "name": _by_name,
    "size": lambda entry: entry.size,
    "changed": lambda entry: entry.modified_at or _LONG_AGO,
}
