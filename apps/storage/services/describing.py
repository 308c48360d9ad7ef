"""Files described: what is known of them, their checksums, and what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from apps.common.checksums import digest
from apps.common.confined.types import nothing
from apps.storage.errors import NotAFile, Unreadable
from apps.storage.services import kinds
from apps.storage.services.contents import contents_of
from apps.storage.services.files import OpenCollection
from apps.storage.types import Entry, FilePath

ALGORITHMS = ("md5", "sha256", "sha512", "xxh3")
MOST_FILES = 1_000
MOST_LOOKED_AT = 100_000
MOST_JSON_BYTES = 2 << 20
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of each file is to be told. ``has_place``: where a picture was taken, too."""

    checksums: tuple[str, ...] = ()
    has_contents: bool = True
    has_place: bool = False
    most_nodes: int = 1_000


@dataclass(frozen=True, slots=True)
class Description:
    """``trouble`` says why there are no contents where some could be."""

    entry: Entry
    media_type: str
    checksums: dict[str, str]
    format: str = ""
    contents: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""

    def as_json(self) -> dict[str, Any]:
        """As records of metadata hold it."""
        changed = self.entry.modified_at
        told = {
            "path": str(self.entry.path).encode(errors="replace").decode(),
            "name": self.entry.path.name.encode(errors="replace").decode(),
            "size": self.entry.size,
            "modified_at": changed.isoformat() if changed else None,
            "media_type": self.media_type,
            "checksums": self.checksums,
        }
        more = {"format": self.format, "contents": self.contents, "trouble": self.trouble}
        return told | {name: value for name, value in more.items() if value}


@dataclass(frozen=True, slots=True)
class Descriptions:
    """``is_cut``: there are more files that fit than are told."""

    files: tuple[Description, ...]
    is_cut: bool


def describe(
    files: OpenCollection, path: FilePath, *, wanted: Wanted | None = None, beat: Callable[[], object] = nothing
) -> Description:
    """Describe one file. What cannot be looked into is told with its ``trouble``.

    Raises:
        AccessDenied, NoSuchFile, Changed, StorageAway.
        NotAFile: it is a folder, or a link. Whatever the beat raises.
    """
    entry = files.stat(path)
    if not entry.is_file:
        raise NotAFile
    return _described(files, entry, wanted or Wanted(), beat)


def describe_all(
    files: OpenCollection,
    folder: FilePath,
    *,
    pattern: str = "*",
    is_recursive: bool = False,
    most: int = MOST_FILES,
    wanted: Wanted | None = None,
    beat: Callable[[], object] = nothing,
) -> Descriptions:
    """Describe the files of a folder whose names fit ``pattern``, in the order of their paths, and of its folders.

    A pattern with a ``/`` is one for the whole path below the folder. Links are left out. All of it is as large as a
    flow may carry at most.

    Raises:
        AccessDenied, NoSuchFile, NotAFolder, Changed, StorageAway. Whatever the beat raises.
    """
    told: list[Description] = []
    left = MOST_JSON_BYTES
    for entry in _fitting(files, folder, pattern, DEEPEST if is_recursive else 0, beat):
        if len(told) >= most:
            return Descriptions(tuple(told), is_cut=True)
        described = _described(files, entry, wanted or Wanted(), beat)
        left -= len(json.dumps(described.as_json()))
        if left < 0:
            return Descriptions(tuple(told), is_cut=True)
        told.append(described)
    return Descriptions(tuple(told), is_cut=False)


def _fitting(
    files: OpenCollection, folder: FilePath, pattern: str, depth: int, beat: Callable[[], object]
) -> Iterator[Entry]:
    for count, entry in enumerate(_walk(files, folder, depth)):
        if count % 1_000 == 0:
            beat()
        if count > MOST_LOOKED_AT:
            return
        below = entry.path.names[len(folder.names) :]
        if entry.is_file and fnmatchcase("/".join(below) if "/" in pattern else below[-1], pattern):
            yield entry


def _walk(files: OpenCollection, folder: FilePath, depth: int) -> Iterator[Entry]:
    for entry in files.list(folder):
        yield entry
        if entry.is_folder and depth > 0:
            yield from _walk(files, entry.path, depth - 1)


def _described(files: OpenCollection, entry: Entry, wanted: Wanted, beat: Callable[[], object]) -> Description:
    files.require("r", entry.path)
    first = b"".join(files.read(entry, length=min(entry.size, kinds.LOOKED_AT))) if entry.size else b""
    kind = kinds.kind_of(entry.path.name, first)
    media_type = kinds.media_type_of(entry.path.name, kind)
    checksums = _checksums(files, entry, wanted.checksums, beat)
    if kind is None or not wanted.has_contents or not entry.size:
        return Description(entry, media_type, checksums)
    options: dict[str, Any] = {"hdf5": {"most_nodes": wanted.most_nodes}, "image": {"gps": wanted.has_place}}
    try:
        found = contents_of(files, entry, kind, beat=beat, **options.get(kind.format, {}))
    except Unreadable as error:
        return Description(entry, media_type, checksums, format=kind.format, trouble=error.message)
    return Description(entry, media_type, checksums, format=kind.format, contents=found)


def _checksums(
    files: OpenCollection, entry: Entry, names: tuple[str, ...], beat: Callable[[], object]
) -> dict[str, str]:
    """What the storage knows it is asked for; the others are computed, all of them in one reading."""
    told = {name: entry.checksums[name] for name in names if name in entry.checksums}
    digests = {name: digest(name) for name in names if name not in told}
    if digests:
        for piece in files.read(entry):
            beat()
            for one in digests.values():
                one.update(piece)
    told |= {name: one.hexdigest() for name, one in digests.items()}
    return {name: told[name] for name in names}
