"""A folder with links out of it, what lies outside, and every use of a storage.

Whatever comes back from a use is searched for what only the outside holds, and the outside is compared with what it
was before.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apps.common.errors import PortalError
from apps.storage.types import FilePath

SECRET = b"only outside"
SECRET_NAME = "passphrase"
ONLY_OUTSIDE = "listed-only-outside"
THEN = datetime(2001, 2, 3, tzinfo=UTC)
LATER = datetime(2101, 2, 3, tzinfo=UTC)
ELSEWHERE = FilePath(("elsewhere",))


class World:
    """``base`` is the storage, ``outside`` is not."""

    def __init__(self, folder: Path) -> None:
        self.base, self.outside = folder / "base", folder / "outside"
        (self.base / "inside" / "deep").mkdir(parents=True)
        (self.base / "inside" / "file").write_bytes(b"harmless")
        (self.base / "inside" / "deep" / "file").write_bytes(b"harmless")
        (self.outside / "vault").mkdir(parents=True)
        (self.outside / "vault" / SECRET_NAME).write_bytes(SECRET)
        (self.outside / "vault" / ONLY_OUTSIDE).mkdir()
        (self.outside / "vault" / ".vitrine-1.part").touch()
        (self.outside / SECRET_NAME).write_bytes(SECRET)
        (self.outside / "empty").mkdir()
        self.before = self.seen_outside()

    def lay_links(self) -> None:
        targets = {
            "to-folder": self.outside / "vault",
            "to-file": self.outside / SECRET_NAME,
            "to-empty": self.outside / "empty",
            "relative": "../outside/vault",
            "relative-file": f"../outside/{SECRET_NAME}",
            "up": "..",
            "slashes": "..//.//outside/vault/",
            "to-root": "/",
            "to-process": "/proc/self/root",
            "to-descriptors": "/proc/self/fd",
            "to-working-folder": "/proc/self/cwd",
            "dangling": self.outside / "to-be-made",
            "loop": "loop",
            "chain": "relative",
            "through": "inside/../../outside/vault",
            "stays": "inside",
            "stays-file": "inside/file",
        }
        for name, target in targets.items():
            (self.base / name).symlink_to(target)
        (self.base / "inside" / "nested").symlink_to("../../outside/vault")
        (self.base / "inside" / "deep" / SECRET_NAME).symlink_to(f"../../../outside/{SECRET_NAME}")

    def seen_outside(self) -> dict[str, tuple[Any, ...]]:
        return dict(_described(self.outside))


def _described(folder: Path) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for path in (folder, *sorted(folder.rglob("*"))):
        told = path.lstat()
        data = path.read_bytes() if stat.S_ISREG(told.st_mode) else b""
        yield str(path), (told.st_mode, told.st_size, told.st_mtime_ns, told.st_nlink, data)


def _upload(storage: Any, path: FilePath) -> None:
    upload = storage.begin(path, 4, chunk_size=4)
    receipts = {0: storage.write_chunk(upload, 0, b"data")}
    storage.chunks(upload)
    storage.commit(upload, receipts)


def _copied(storage: Any, source: FilePath, destination: FilePath) -> bytes:
    storage.copy(source, destination)
    return b"".join(storage.read(destination))


USES: dict[str, Callable[[Any, FilePath], Any]] = {
    "stat": lambda storage, path: storage.stat(path).size == len(SECRET) and SECRET,
    "list": lambda storage, path: [entry.path.name for entry in storage.list(path)],
    "read": lambda storage, path: b"".join(storage.read(path)),
    "write": lambda storage, path: storage.write(path, b"data"),
    "upload": _upload,
    "make_folder": lambda storage, path: storage.make_folder(path),
    "make_link": lambda storage, path: storage.make_link(path, "inside"),
    "sweep": lambda storage, path: storage.sweep(path, {"file"}, until=LATER, kept=()),
    "set_modified": lambda storage, path: storage.set_modified(path, THEN),
    "checksum": lambda storage, path: storage.checksum(path, "sha256"),
    "copy from": lambda storage, path: _copied(storage, path, ELSEWHERE),
    "copy to": lambda storage, path: _copied(storage, FilePath(("inside", "file")), path),
    "rename from": lambda storage, path: storage.rename(path, ELSEWHERE),
    "rename to": lambda storage, path: storage.rename(FilePath(("inside", "file")), path),
    "delete": lambda storage, path: storage.delete(path),
}


def leaks(use: str, storage: Any, path: FilePath) -> bool:
    """Whether a use gave away what is outside. It may be refused, in our words only."""
    try:
        found = USES[use](storage, path)
    except PortalError:
        return False
    return found == SECRET or (isinstance(found, list) and ONLY_OUTSIDE in found)


def descriptors() -> list[str]:
    """The files and folders that this process has open, but for those of the portal's own home: the database is there,
    and the embedded engine, whose threads look into its files now and then. Sockets are others' business."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # that of the folder itself is closed by now
            found.append(str(descriptor.readlink()))
    home = os.environ["VITRINE_HOME"]
    return sorted(one for one in found if one.startswith("/") and not one.startswith(home))
