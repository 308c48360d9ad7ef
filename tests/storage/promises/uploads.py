"""Large files, written in pieces."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest

from apps.storage.errors import ChecksumMismatch, NoSuchFile, NotAFile, NotAFolder
from apps.storage.types import FilePath, Upload, chunks_of
from tests.storage.promises.reading import whole
from tests.storage.promises.writing import LONG_AGO


def large(storage, of="large", chunks=3.5):
    """Bytes for ``chunks`` of the least pieces that the storage takes."""
    return hashlib.shake_128(of.encode()).digest(int(chunks * max(storage.features.chunk_size, 1000)))


def begun(storage, path, data):
    return storage.begin(path, len(data), chunk_size=max(storage.features.chunk_size, 1000))


def send(storage, upload, data, numbers=None):
    """The receipts of some pieces, or of all."""
    pieces = {number: data[start : start + length] for number, start, length in chunks_of(len(data), upload.chunk_size)}
    return {n: storage.write_chunk(upload, n, pieces[n]) for n in (pieces if numbers is None else numbers)}


def uploaded(storage, path, data):
    upload = begun(storage, path, data)
    return storage.commit(upload, send(storage, upload, data))


def kept(upload):
    """As a ledger keeps it, and gives it to another process."""
    fields = json.loads(json.dumps(asdict(upload)))
    return Upload(**fields | {"path": FilePath(tuple(fields["path"]["names"]))})


SOON = timedelta(minutes=2)
"""Servers have clocks of their own."""


class UploadPromises:
    def test_a_file_is_written_in_pieces(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)

        entry = storage.commit(upload, receipts)

        assert (upload.path, upload.size) == (home / "file", len(data))
        assert upload.chunk_size >= storage.features.chunk_size
        assert [(n, receipt.number) for n, receipt in receipts.items()] == [(n, n) for n in range(4)]
        assert (entry.path, entry.size) == (home / "file", len(data))
        assert entry.version == storage.stat(home / "file").version
        assert whole(storage, home / "file") == data

    def test_nothing_is_seen_before_it_is_whole(self, storage, home, twin):
        data = large(storage)
        storage.write(home / "beside", b"")
        upload = begun(storage, home / "file", data)
        send(storage, upload, data)

        for reader in (storage, twin):
            assert [entry.path.name for entry in reader.list(home)] == ["beside"]
            with pytest.raises(NoSuchFile):
                reader.stat(home / "file")
        storage.abort(upload)

    def test_what_was_there_stays_until_then(self, storage, home):
        storage.write(home / "file", b"before")
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)
        assert whole(storage, home / "file") == b"before"

        storage.commit(upload, receipts)

        assert whole(storage, home / "file") == data

    def test_the_time_is_kept_with_a_large_file(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)

        entry = storage.commit(upload, send(storage, upload, data), modified_at=LONG_AGO)

        if storage.features.keeps_times:
            assert entry.modified_at == storage.stat(home / "file").modified_at == LONG_AGO

    @pytest.mark.parametrize("size", [0, 1])
    def test_a_tiny_file_is_one_piece(self, storage, home, size):
        uploaded(storage, home / "file", b"x" * size)

        assert whole(storage, home / "file") == b"x" * size

    def test_pieces_come_in_any_order_and_by_several_at_once(self, storage, home):
        if not storage.features.is_parallel:
            pytest.skip("this storage takes one piece after the other")
        data = large(storage, chunks=6.5)
        upload = begun(storage, home / "file", data)
        with ThreadPoolExecutor(4) as pool:
            sent = pool.map(lambda number: send(storage, upload, data, [number]), (6, 2, 4, 0, 5, 3, 1))

        storage.commit(upload, {number: receipt for some in sent for number, receipt in some.items()})

        assert whole(storage, home / "file") == data

    def test_a_piece_is_replaced_by_itself(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        send(storage, upload, data, [0])
        again = send(storage, upload, data, [0])

        storage.commit(upload, again | send(storage, upload, data, [1, 2, 3]))

        assert whole(storage, home / "file") == data

    def test_a_piece_sent_anew_is_the_one_that_counts(self, storage, home):
        """The first try was cut off, or its source has changed since."""
        if not storage.features.is_parallel:
            pytest.skip("this storage takes one piece after the other")
        data = large(storage)
        upload = begun(storage, home / "file", data)
        send(storage, upload, large(storage, of="wrong"))

        storage.commit(upload, send(storage, upload, data))

        assert whole(storage, home / "file") == data

    def test_the_storage_tells_which_pieces_it_has(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data, [0, 1])

        assert dict(storage.chunks(upload)) == receipts
        storage.abort(upload)
        assert dict(storage.chunks(upload)) == {}

    def test_another_process_goes_on_with_an_upload(self, storage, home, twin):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data, [0, 1])
        upload = kept(upload)

        known = dict(twin.chunks(upload))
        if storage.features.resumes:
            assert known == receipts
        missing = [number for number in range(4) if number not in known]
        twin.commit(upload, known | send(twin, upload, data, missing))

        assert whole(storage, home / "file") == data
        assert [entry.path.name for entry in storage.list(home)] == ["file"]

    def test_commit_is_done_once_however_often_it_is_asked_for(self, storage, home, twin):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)
        entry = storage.commit(upload, receipts)

        again = [storage.commit(upload, receipts), twin.commit(kept(upload), receipts)]

        assert [(one.path, one.size, one.version) for one in again] == [(entry.path, entry.size, entry.version)] * 2
        assert whole(storage, home / "file") == data

    def test_what_was_thrown_away_leaves_nothing(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)

        storage.abort(upload)
        storage.abort(upload)

        with pytest.raises(ChecksumMismatch):
            storage.commit(upload, receipts)
        with pytest.raises(NoSuchFile):
            storage.stat(home / "file")

    def test_an_older_file_is_not_taken_for_what_was_thrown_away(self, storage, home):
        data, older = large(storage), large(storage, of="older")
        uploaded(storage, home / "file", older)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)
        storage.abort(upload)

        for verify in (True, False):
            with pytest.raises(ChecksumMismatch):
                storage.commit(upload, receipts, verify=verify)

        assert whole(storage, home / "file") == older

    def test_a_file_may_be_begun_twice(self, storage, home):
        one, other = large(storage, of="one"), large(storage, of="other")
        first, second = begun(storage, home / "file", one), begun(storage, home / "file", other)
        receipts = send(storage, first, one)
        storage.commit(second, send(storage, second, other))
        assert whole(storage, home / "file") == other

        storage.commit(first, receipts)

        assert whole(storage, home / "file") == one
        assert [entry.path.name for entry in storage.list(home)] == ["file"]

    def test_throwing_one_upload_away_leaves_the_other(self, storage, home):
        data = large(storage)
        first, second = begun(storage, home / "file", data), begun(storage, home / "file", data)
        receipts = send(storage, first, data)

        storage.abort(second)

        storage.commit(first, receipts)
        storage.abort(first)
        assert whole(storage, home / "file") == data

    @pytest.mark.parametrize("wrong", ["tag", "missing", "swapped"])
    def test_wrong_receipts_are_refused(self, storage, home, wrong):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)
        bad = {
            "tag": receipts | {1: replace(receipts[1], tag="0" * 32)},
            "missing": {number: receipts[number] for number in (0, 1, 3)},
            "swapped": receipts | {0: replace(receipts[1], number=0)},
        }[wrong]

        with pytest.raises(ChecksumMismatch):
            storage.commit(upload, bad)
        with pytest.raises(NoSuchFile):
            storage.stat(home / "file")
        storage.abort(upload)

    def test_an_upload_that_lacks_pieces_is_refused(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)

        with pytest.raises(ChecksumMismatch):
            storage.commit(upload, send(storage, upload, data, [0, 1]))
        with pytest.raises(NoSuchFile):
            storage.stat(home / "file")
        storage.abort(upload)

    def test_a_large_file_needs_a_folder_and_replaces_none(self, storage, home):
        if not storage.features.has_folders:
            pytest.skip("there are no folders on this storage")
        storage.make_folder(home / "folder")
        storage.write(home / "folder" / "file", b"")

        with pytest.raises(NoSuchFile):
            uploaded(storage, home / "nothing" / "file", b"data")
        with pytest.raises((NoSuchFile, NotAFolder)):
            uploaded(storage, home / "folder" / "file" / "below", b"data")
        with pytest.raises(NotAFile):
            uploaded(storage, home / "folder", b"data")
        assert storage.stat(home / "folder" / "file").is_file

    def test_what_goes_on_is_not_swept_away(self, storage, home):
        storage.write(home / "beside", b"seen")
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)

        storage.sweep(home, {"file"}, until=datetime.now(UTC) + SOON, kept=set(upload.state.values()))
        storage.sweep(home, {"file", "beside"}, until=datetime.now(UTC) - SOON, kept=())

        storage.commit(upload, receipts)
        assert (whole(storage, home / "file"), whole(storage, home / "beside")) == (data, b"seen")


class SweepPromises:
    """Of storages that have the pieces themselves, before the file is whole."""

    def test_what_nobody_goes_on_with_is_swept_away(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        send(storage, upload, data)
        storage.sweep(home, {"file"}, until=datetime.now(UTC) + SOON, kept=())

        assert storage.chunks(upload) == {}
        storage.sweep(home / "missing", {"file"}, until=datetime.now(UTC) + SOON, kept=())
