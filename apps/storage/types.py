"""Paths and entries. Nothing here knows a database or a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from apps.storage.errors import IllegalPath

LONGEST_NAME = 255
LONGEST_PATH = 4096
"""In bytes, as POSIX has it. A storage may take less, and says so itself."""
_ESCAPED = re.compile(r"%([0-9A-F]{2})")


@dataclass(frozen=True, slots=True, order=True)
class FilePath:
    """Where something is in a collection: names, from its root. The root has none.

    There is one spelling for each place. What is not spelled so is refused and never repaired, because gateways
    understand `a/../b` in ways of their own, so that a rule on `/a/` could be walked around (FILES §1.3). A name is
    whatever bytes the storage keeps; those that are no UTF-8 are held as Python does (PEP 383).
    """

    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.names:
            if name in {"", ".", ".."} or "/" in name or "\0" in name:
                raise IllegalPath(details={"name": name[:200]})
            if len(name.encode(errors="surrogateescape")) > LONGEST_NAME:
                raise IllegalPath(f"A name has at most {LONGEST_NAME} bytes.", details={"name": name[:60]})
        if len(str(self).encode(errors="surrogateescape")) > LONGEST_PATH:
            raise IllegalPath(f"A path has at most {LONGEST_PATH} bytes.")

    @classmethod
    def parse(cls, text: str) -> FilePath:
        """Read a path as callers write it: from the root, with one ``/`` at the end or none.

        Raises:
            IllegalPath: it is none.
        """
        if not text.startswith("/"):
            raise IllegalPath(details={"path": text[:200]})
        inner = text[1:].removesuffix("/")
        return cls(tuple(inner.split("/"))) if inner else cls._root_of(text)

    @classmethod
    def _root_of(cls, text: str) -> FilePath:
        if text != "/":
            raise IllegalPath(details={"path": text[:200]})
        return cls()

    def __str__(self) -> str:
        return "/" + "/".join(self.names)

    def __truediv__(self, name: str) -> FilePath:
        return FilePath((*self.names, name))

    @property
    def name(self) -> str:
        """The last name; "" of the root."""
        return self.names[-1] if self.names else ""

    @property
    def parent(self) -> FilePath:
        """The folder that it is in; the root is in itself."""
        return FilePath(self.names[:-1])

    @property
    def folder(self) -> str:
        """As callers write a folder: with ``/`` at the end."""
        return f"{str(self).removesuffix('/')}/"

    def is_within(self, other: FilePath) -> bool:
        """Whether it is ``other``, or below it."""
        return self.names[: len(other.names)] == other.names

    def below(self, base: FilePath) -> FilePath:
        """The same place in a collection whose root stands at ``base`` of a storage."""
        return FilePath((*base.names, *self.names))

    @property
    def key(self) -> str:
        """How a database keeps it: text of which every character is legal in every database.

        Bytes that are no UTF-8 stand as ``%`` and two digits, and so does ``%`` itself.
        """
        return "".join(_kept(sign) for sign in str(self))

    @classmethod
    def from_key(cls, key: str) -> FilePath:
        return cls.parse(_ESCAPED.sub(lambda hit: _raw(int(hit[1], 16)), key))


def _kept(sign: str) -> str:
    is_raw_byte = "\udc80" <= sign <= "\udcff"
    return f"%{ord(sign) - 0xDC00:02X}" if is_raw_byte else "%25" if sign == "%" else sign


def _raw(byte: int) -> str:
    return chr(0xDC00 + byte) if byte >= 0x80 else chr(byte)


class EntryKind(StrEnum):
    """OTHER is what is no file and no folder: a device, a socket, a link that leads nowhere or out."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is at a path. ``size`` is in bytes, of a file; ``version`` changes whenever the contents may have.

    ``checksums`` are those that the storage knows without reading: hexadecimal, by the name of the algorithm.
    ``target`` is where a link points to, as it is written there.
    """

    path: FilePath
    kind: EntryKind
    size: int = 0
    modified_at: datetime | None = None
    version: str = ""
    mode: str = ""
    owner: str = ""
    group: str = ""
    target: str = ""
    checksums: dict[str, str] = field(default_factory=dict)

    @property
    def is_folder(self) -> bool:
        return self.kind is EntryKind.FOLDER

    @property
    def is_file(self) -> bool:
        return self.kind is EntryKind.FILE


@dataclass(frozen=True, slots=True)
class Features:
    """What a kind of storage can do.

    ``chunk_size`` is the least size of every piece but the last, in bytes; ``most_chunks`` how many there may be.
    ``is_parallel``: pieces may be written in any order, by several at once. ``resumes``: an upload outlives the
    process that began it. ``checksums``: algorithms that it computes itself.
    """

    has_folders: bool = True
    keeps_times: bool = True
    is_parallel: bool = False
    resumes: bool = False
    signs_urls: bool = False
    makes_links: bool = False
    copies: bool = False
    chunk_size: int = 1
    most_chunks: int = 100_000
    checksums: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened in a watched folder since it was last asked, each path once.

    ``gone``: files that were deleted or moved away, and folders, each of which stands for all that was below it.
    ``touched``: what was made, written and closed, moved there, or given other rights or times. It is to be looked at:
    it may be a link, a folder that took the place of a file, or gone by now. What is in both went and came: read
    ``gone`` first.
    When the system lost something, it ``is_complete`` no more, and all has to be listed.
    """

    touched: tuple[FilePath, ...] = ()
    gone: tuple[FilePath, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in. ``state`` is JSON: whoever has it goes on with the upload, in another process too."""

    path: FilePath
    size: int
    chunk_size: int
    state: dict[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """That the storage has a piece: its number from 0, and what the storage says of it (an ETag, a checksum)."""

    number: int
    size: int
    tag: str


def chunks_of(size: int, chunk_size: int) -> Iterator[tuple[int, int, int]]:
    """``(number, start, length)`` of each piece; an empty file is one piece of nothing."""
    for number, start in enumerate(range(0, max(size, 1), chunk_size)):
        yield number, start, min(chunk_size, size - start)
