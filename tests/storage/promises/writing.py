"""Small files, written whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apps.storage.errors import NoSuchFile, NotAFile, NotAFolder, Unsupported
from tests.storage.promises.reading import DATA, whole

LONG_AGO = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


class WritingPromises:
    def test_a_file_is_written(self, storage, home):
        entry = storage.write(home / "file", DATA)

        assert (entry.path, entry.size, entry.is_file) == (home / "file", len(DATA), True)
        assert entry.version == storage.stat(home / "file").version
        assert whole(storage, home / "file") == DATA

    def test_a_file_is_replaced(self, storage, home):
        storage.write(home / "file", DATA)
        storage.write(home / "file", b"short")

        assert whole(storage, home / "file") == b"short"
        assert [entry.path.name for entry in storage.list(home)] == ["file"]

    def test_nothing_of_the_writing_stays_beside_the_file(self, storage, home, twin):
        storage.write(home / "file", DATA)

        assert [entry.path.name for entry in twin.list(home)] == ["file"]

    def test_room_is_told_by_those_who_know_it(self, storage, home):
        free = storage.free_bytes(home)

        assert free is None or free > len(DATA)

    def test_the_time_is_kept(self, storage, home):
        entry = storage.write(home / "file", DATA, modified_at=LONG_AGO)

        if storage.features.keeps_times:
            assert entry.modified_at == storage.stat(home / "file").modified_at == LONG_AGO

    def test_the_time_is_set(self, storage, home):
        storage.write(home / "file", DATA)

        if not storage.features.keeps_times:
            with pytest.raises(Unsupported):
                storage.set_modified(home / "file", LONG_AGO)
            return
        storage.set_modified(home / "file", LONG_AGO)
        assert storage.stat(home / "file").modified_at == LONG_AGO
        assert whole(storage, home / "file") == DATA

    def test_a_folder_is_not_written_over(self, storage, home):
        storage.make_folder(home / "folder")
        storage.write(home / "folder" / "file", DATA)

        if storage.features.has_folders:
            with pytest.raises(NotAFile):
                storage.write(home / "folder", b"")
        assert whole(storage, home / "folder" / "file") == DATA

    def test_the_folder_above_has_to_be_there(self, storage, home):
        if not storage.features.has_folders:
            pytest.skip("there are no folders on this storage")
        storage.write(home / "file", DATA)

        with pytest.raises(NoSuchFile):
            storage.write(home / "nothing" / "file", DATA)
        with pytest.raises((NoSuchFile, NotAFolder)):
            storage.write(home / "file" / "below", DATA)

    def test_a_copy_is_made_without_its_bytes_coming_here(self, storage, home):
        storage.write(home / "file", DATA)

        entry = storage.copy(home / "file", home / "copy")

        assert (entry is not None) == storage.features.copies
        if entry is not None:
            assert (entry.path, entry.size) == (home / "copy", len(DATA))
            assert whole(storage, home / "copy") == whole(storage, home / "file") == DATA
            with pytest.raises(NoSuchFile):
                storage.copy(home / "nothing", home / "copy")
