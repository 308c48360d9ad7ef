"""The address of the file manager: all that it shows is in it, so that every view of it can be shared.

``path``, ``sort``, ``contains``, ``hidden`` and ``page`` are the first pane's; ``beside`` is the collection of the
second, and ``beside-path`` and so on are what it shows. ``beside=choose`` lets one choose. Paths are written as
``FilePath.key`` writes them, because a name may be of bytes that no address can hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from apps.storage.types import FilePath
from apps.web.results.pager import number_in

Which = Literal["a", "b"]
SORTS = ("name", "-name", "size", "-size", "changed", "-changed")
CHOOSE = "choose"
MOST_TEXT = 255
ROOT = FilePath()


@dataclass(frozen=True, slots=True)
class Side:
    """What one pane shows."""

    collection_id: UUID
    path: FilePath = ROOT
    sort: str = "name"
    contains: str = ""
    shows_hidden: bool = False
    page: int = 1

    def at(self, path: FilePath) -> Side:
        """Another folder, in the same order."""
        return Side(self.collection_id, path, self.sort, shows_hidden=self.shows_hidden)

    def parameters(self, prefix: str = "") -> list[tuple[str, str]]:
        """Those that differ from what an address without them says."""
        told = {
            "path": folder_key(self.path) if self.path.names else "",
            "sort": "" if self.sort == "name" else self.sort,
            "contains": self.contains,
            "hidden": "1" if self.shows_hidden else "",
            "page": "" if self.page == 1 else str(self.page),
        }
        return [(prefix + name, value) for name, value in told.items() if value]


@dataclass(frozen=True, slots=True)
class Address:
    """``other`` is the second pane; without one there may be a choice of it, narrowed by ``wanted``."""

    first: Side
    other: Side | None = None
    is_choosing: bool = False
    wanted: str = ""

    def side(self, which: Which) -> Side:
        return self.other if which == "b" and self.other else self.first

    def with_side(self, which: Which, side: Side) -> Address:
        return replace(self, first=side) if which == "a" else replace(self, other=side, is_choosing=False)

    def alone(self) -> Address:
        return Address(self.first)

    def swapped(self) -> Address:
        return Address(self.other, self.first) if self.other else self

    def choosing(self) -> Address:
        return Address(self.first, is_choosing=True)

    def parameters(self) -> list[tuple[str, str]]:
        told = self.first.parameters()
        if self.other:
            told += [("beside", str(self.other.collection_id)), *self.other.parameters("beside-")]
        elif self.is_choosing:
            told += [("beside", CHOOSE)]
        return told

    @property
    def url(self) -> str:
        query = urlencode(self.parameters())
        return reverse("web:files:manager", args=[self.first.collection_id]) + (f"?{query}" if query else "")


def read(collection_id: UUID, given: Mapping[str, str]) -> Address:
    """What an address asks for. What cannot be read of a pane's order or page is as if it were not there.

    Raises:
        IllegalPath: a path is none.
    """
    first, beside = _side(collection_id, given, ""), given.get("beside", "")
    try:
        other = _side(UUID(beside), given, "beside-")
    except ValueError:
        return Address(first, is_choosing=bool(beside), wanted=given.get("wanted", "")[:MOST_TEXT])
    return Address(first, other)


def _side(collection_id: UUID, given: Mapping[str, str], prefix: str) -> Side:
    sort = given.get(f"{prefix}sort", "")
    return Side(
        collection_id=collection_id,
        path=path_in(given.get(f"{prefix}path", "")),
        sort=sort if sort in SORTS else "name",
        contains=given.get(f"{prefix}contains", "").replace("\0", "")[:MOST_TEXT],
        shows_hidden=given.get(f"{prefix}hidden") == "1",
        page=number_in(given.get(f"{prefix}page", "")),
    )


def path_in(text: str) -> FilePath:
    """
    Raises:
        IllegalPath: it is none.
    """
    return FilePath.from_key(text or "/")


def manager_url(collection_id: UUID, path: FilePath) -> str:
    """The folder, in one pane."""
    return Address(Side(collection_id, path)).url


def folder_key(path: FilePath) -> str:
    """As people write a folder: with ``/`` at the end."""
    return f"{path.key.removesuffix('/')}/"
