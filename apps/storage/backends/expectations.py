"""What an operation expects of a path before it goes on."""

from __future__ import annotations

from contextlib import suppress
from typing import NoReturn, Protocol

from apps.storage.errors import AlreadyThere, Changed, IllegalPath, NoSuchFile, NotAFile, NotAFolder, Unsupported
from apps.storage.types import LONGEST_PATH, Entry, FilePath


class Stat(Protocol):
    """As much of a storage as is asked here."""

    def stat(self, path: FilePath) -> Entry: ...


def require_target(target: str) -> bytes:
    """The bytes of what a link is to say.

    Raises:
        IllegalPath: no link can say it.
    """
    said = target.encode(errors="surrogateescape")
    if not 0 < len(said) < LONGEST_PATH or b"\0" in said:
        raise IllegalPath(f"A link says where it leads in 1 to {LONGEST_PATH - 1} bytes, none of them NUL.")
    return said


def refuse_link() -> NoReturn:
    """
    Raises:
        Unsupported: always.
    """
    raise Unsupported("This kind of storage has no symbolic links. Leave them out, or copy what they lead to.")


def require_file(entry: Entry, version: str = "") -> None:
    """
    Raises:
        NotAFile: it is none. Changed: it is another than ``version`` says, if this says anything.
    """
    if not entry.is_file:
        raise NotAFile(f"{entry.path} is a {entry.kind}, no file.")
    if version and entry.version != version:
        raise Changed(f"{entry.path} was changed while it was read. Begin anew.")


def require_folder(entry: Entry) -> None:
    """
    Raises:
        NotAFolder: it is none.
    """
    if not entry.is_folder:
        raise NotAFolder(f"{entry.path} is no folder. Name the folder that it is in.")


def refuse_folder(storage: Stat, path: FilePath) -> None:
    """
    Raises:
        NotAFile: there is a folder, where a file is to be.
    """
    with suppress(NoSuchFile):
        if storage.stat(path).is_folder:
            raise NotAFile(f"{path} is a folder.")


def refuse_clash(storage: Stat, path: FilePath) -> None:
    """
    Raises:
        AlreadyThere: there is something.
    """
    with suppress(NoSuchFile):
        storage.stat(path)
        raise AlreadyThere(f"{path} is there already. Choose another name, or delete it first.")
