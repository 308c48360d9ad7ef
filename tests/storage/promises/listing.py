"""What is in a folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from apps.storage.errors import NotAFolder
from apps.storage.types import EntryKind, FilePath

MANY = 3000


def names(entries):
    return [entry.path.name for entry in entries]


class ListingPromises:
    def test_a_folder_is_listed(self, storage, home, fill):
        fill("b", b"12345")
        fill("a/deep/file", b"")

        listed = list(storage.list(home))

        assert [(entry.path, entry.kind) for entry in listed] == [
            (home / "a", EntryKind.FOLDER),
            (home / "b", EntryKind.FILE),
        ]
        assert listed[1].size == 5
        assert names(storage.list(home / "a")) == ["deep"]

    def test_the_root_is_listed(self, storage, home, fill):
        fill("file", b"")

        assert home in {entry.path for entry in storage.list(FilePath())}

    def test_a_listing_tells_what_stat_tells(self, storage, home, fill):
        path = fill("file", b"12345")

        listed, told = next(storage.list(home)), storage.stat(path)

        assert (listed.path, listed.kind, listed.size) == (told.path, told.kind, told.size)
        assert listed.version in {told.version, ""}
        assert listed.modified_at in {told.modified_at, None}

    def test_a_file_is_not_listed(self, storage, fill):
        path = fill("file", b"")

        with pytest.raises(NotAFolder):
            next(storage.list(path))

    def test_names_come_in_the_order_of_their_bytes(self, storage, home, fill):
        """Folders too: a store that keeps ``a/`` sorts it behind ``a-``, where no name ``a`` belongs."""
        expected = ["A", "a", "a!", "a-", "a-b", "a.txt", "a0", "b", "é", "𝄞"]
        for name in reversed(expected):
            fill(name + "/file" if name in {"a", "a-b"} else name, b"")

        assert names(storage.list(home)) == expected

    def test_a_large_folder_is_listed_whole_and_in_order(self, storage, home, fill):
        """By eight at once: one storage serves many threads."""
        expected = [f"{number:05}" for number in range(MANY)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: fill(name, name.encode()), reversed(expected)))

        assert names(storage.list(home)) == expected
        assert b"".join(storage.read(home / "01234")) == b"01234"

    def test_a_lister_may_leave(self, storage, home, fill):
        for name in "abc":
            fill(name, b"")

        for _ in range(30):
            entries = storage.list(home)
            assert next(entries).path.name == "a"
            entries.close()
