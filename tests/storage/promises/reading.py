"""What is told of a file, and its bytes."""

from __future__ import annotations

import hashlib

import pytest

from apps.storage.errors import Changed, NoSuchFile, NotAFile
from apps.storage.types import EntryKind, FilePath

DATA = bytes(range(256)) * 10
PIECE = 1 << 20
LARGE = hashlib.shake_128(b"large").digest(3 * PIECE + 17)


def whole(storage, path, **asked):
    return b"".join(storage.read(path, **asked))


class ReadingPromises:
    def test_a_file_is_told(self, storage, fill):
        path = fill("file", DATA)

        entry = storage.stat(path)

        assert (entry.path, entry.kind, entry.size) == (path, EntryKind.FILE, len(DATA))
        assert entry.version
        assert entry.modified_at is None or entry.modified_at.tzinfo is not None

    def test_what_is_not_there_is_told_so(self, storage, home):
        for read in (storage.stat, lambda path: next(storage.read(path)), lambda path: next(storage.list(path))):
            with pytest.raises(NoSuchFile):
                read(home / "nothing")

    def test_the_root_and_what_has_files_in_it_are_folders(self, storage, fill):
        path = fill("folder/file", DATA)

        assert storage.stat(FilePath()).kind is EntryKind.FOLDER
        assert storage.stat(path.parent).kind is EntryKind.FOLDER
        assert storage.stat(path.parent).path == path.parent

    def test_nothing_is_below_a_file(self, storage, fill):
        path = fill("file", DATA)

        with pytest.raises(NoSuchFile):
            storage.stat(path / "below")

    @pytest.mark.parametrize(
        ("start", "length"),
        [(0, None), (0, 1), (7, 100), (2559, 1), (2559, 100), (100, None), (0, 0), (2560, None), (2560, 5), (9999, 1)],
    )
    def test_a_part_is_read(self, storage, fill, start, length):
        path = fill("file", DATA)

        end = None if length is None else start + length
        assert whole(storage, path, start=start, length=length) == DATA[start:end]

    def test_an_empty_file_is_read(self, storage, fill):
        path = fill("empty", b"")

        assert storage.stat(path).size == 0
        assert whole(storage, path) == whole(storage, path, start=0, length=10) == b""

    def test_pieces_are_small(self, storage, fill):
        path = fill("large", LARGE)

        pieces = list(storage.read(path))

        assert b"".join(pieces) == LARGE
        assert max(map(len, pieces)) <= PIECE
        assert whole(storage, path, start=PIECE - 3, length=PIECE + 5) == LARGE[PIECE - 3 : 2 * PIECE + 2]

    def test_a_folder_is_not_read(self, storage, fill):
        folder = fill("folder/file", DATA).parent

        with pytest.raises(NotAFile):
            next(storage.read(folder))

    def test_the_version_holds_while_nothing_happens(self, storage, fill):
        path = fill("file", DATA)
        version = storage.stat(path).version

        assert storage.stat(path).version == version
        assert whole(storage, path, version=version) == DATA

    def test_another_version_is_not_read(self, storage, fill):
        path = fill("file", DATA)
        version = storage.stat(path).version
        fill("file", DATA + b"more")

        assert storage.stat(path).version != version
        with pytest.raises(Changed):
            whole(storage, path, version=version)

    def test_versions_are_never_mixed(self, storage, fill):
        path = fill("large", LARGE)
        pieces = storage.read(path, version=storage.stat(path).version)
        first = next(pieces)
        fill("large", LARGE[::-1] + b"more")

        try:
            assert first + b"".join(pieces) == LARGE
        except Changed:
            pass

    def test_a_reader_may_leave(self, storage, fill):
        path = fill("large", LARGE)

        for _ in range(30):
            pieces = storage.read(path)
            next(pieces)
            pieces.close()

        assert whole(storage, path) == LARGE

    def test_a_checksum_is_right_or_left_open(self, storage, fill):
        path = fill("file", DATA)

        assert storage.checksum(path, "no such algorithm") is None
        for algorithm in storage.features.checksums & hashlib.algorithms_available:
            assert storage.checksum(path, algorithm) in {None, hashlib.new(algorithm, DATA).hexdigest()}

    def test_an_address_is_signed_only_where_it_can(self, storage, fill):
        path = fill("file", DATA)

        url = storage.signed_url(path, seconds=60, filename="name é.txt")

        assert (url is not None) == storage.features.signs_urls
        assert url is None or url.startswith("http")
