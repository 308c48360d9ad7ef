"""A folder that becomes a link between the look and the use leads nowhere; a storage that looks first is caught."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apps.storage.backends.posix import PosixStorage
from apps.storage.errors import NoSuchFile
from apps.storage.types import Entry, EntryKind, FilePath
from tests.storage.hostile import SECRET_NAME, USES, World, descriptors, leaks
from tests.storage.swapping import swapping

FACES = 100
"""How often the link, and how often the folder, has to have been met before a race is over."""
MOST = 200_000
FOLDER, FILE = FilePath(("folder",)), FilePath(("file",))
PLACES = {
    "stat": (FOLDER / SECRET_NAME, FILE, FOLDER),
    "list": (FOLDER, FOLDER / "deep"),
    "read": (FOLDER / SECRET_NAME, FILE),
    "write": (FOLDER / "new", FILE),
    "upload": (FOLDER / "new", FILE),
    "make_folder": (FOLDER / "made",),
    "make_link": (FOLDER / "linked",),
    "sweep": (FOLDER, FOLDER / "deep"),
    "set_modified": (FOLDER / SECRET_NAME, FILE),
    "copy from": (FOLDER / SECRET_NAME, FILE),
    "copy to": (FOLDER / "new",),
    "rename from": (FOLDER / SECRET_NAME,),
    "rename to": (FOLDER / "new",),
    "delete": (FOLDER / SECRET_NAME, FOLDER / "new", FOLDER / "made"),
}


@pytest.fixture
def world(tmp_path):
    """Where there is a folder now, there will be a link to the vault, and where a file, one to what is secret."""
    world = World(tmp_path)
    (world.base / "folder" / "deep").mkdir(parents=True)
    (world.base / "file").write_bytes(b"harmless")
    (world.base / "folder" / SECRET_NAME).write_bytes(b"harmless")
    (world.base / "folder-trap").symlink_to(world.outside / "vault")
    (world.base / "file-trap").symlink_to(world.outside / SECRET_NAME)
    (world.outside / "vault" / "deep").mkdir()
    world.before = world.seen_outside()
    return world


def pairs(world):
    return [(world.base / name, world.base / f"{name}-trap") for name in ("folder", "file")]


def rounds(world):
    """One after the other, until both faces were met often enough."""
    met = {True: 0, False: 0}
    for number in range(MOST):
        met[(world.base / "folder").is_symlink()] += 1
        yield number
        if min(met.values()) >= FACES:
            return
    raise AssertionError("nothing changed places")


@pytest.mark.parametrize("use", PLACES)
def test_a_link_swapped_in_leads_nowhere(world, kernel, use):
    storage, before = PosixStorage(root=str(world.base)), descriptors()

    with swapping(*pairs(world)):
        found = [leaks(use, storage, path) for _ in rounds(world) for path in PLACES[use]]

    assert not any(found)
    assert world.seen_outside() == world.before
    assert descriptors() == before


class LooksFirst:
    """What a careful beginner writes: the real path is looked at, and the path is used."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _checked(self, path: FilePath) -> Path:
        place = self._root.joinpath(*path.names)
        if not place.resolve().is_relative_to(self._root.resolve()):
            raise NoSuchFile
        return place

    def stat(self, path):
        return Entry(path, EntryKind.FILE, size=self._checked(path).stat().st_size)

    def list(self, path):
        return (Entry(path / one.name, EntryKind.FILE) for one in self._checked(path).iterdir())

    def read(self, path):
        yield self._checked(path).read_bytes()

    def write(self, path, data):
        self._checked(path).write_bytes(data)

    def set_modified(self, path, modified_at):
        os.utime(self._checked(path), (0, 0))

    def make_folder(self, path):
        self._checked(path).mkdir()

    def delete(self, path):
        self._checked(path).unlink()


@pytest.mark.parametrize("use", ["stat", "list", "read", "write", "set_modified", "make_folder", "delete"])
def test_a_storage_that_looks_first_is_caught(world, use):
    storage = LooksFirst(world.base)

    with swapping(*pairs(world)):
        is_caught = any(_is_caught(use, storage, world) for _ in range(MOST))

    assert is_caught


def _is_caught(use, storage, world):
    try:
        found = any(leaks(use, storage, path) for path in PLACES[use])
    except OSError:
        found = False
    return found or world.seen_outside() != world.before


def test_every_use_is_raced():
    assert set(PLACES) == set(USES) - {"checksum"}
