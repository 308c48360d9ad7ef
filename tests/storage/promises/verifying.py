"""What arrives otherwise than it was sent."""

from __future__ import annotations

import pytest

from apps.storage.errors import ChecksumMismatch, NoSuchFile
from tests.storage.promises.reading import DATA, whole
from tests.storage.promises.uploads import begun, large, send
from tests.storage.promises.writing import LONG_AGO


class VerifyingPromises:
    def test_what_arrives_otherwise_is_never_seen(self, storage, home, fault):
        storage.write(home / "beside", b"")
        fault()

        with pytest.raises(ChecksumMismatch):
            storage.write(home / "file", DATA)

        with pytest.raises(NoSuchFile):
            storage.stat(home / "file")
        assert [entry.path.name for entry in storage.list(home)] == ["beside"]

    def test_what_arrives_otherwise_replaces_nothing(self, storage, home, fault):
        storage.write(home / "file", b"before")
        fault()

        with pytest.raises(ChecksumMismatch):
            storage.write(home / "file", DATA)

        assert whole(storage, home / "file") == b"before"

    def test_a_large_file_that_arrives_otherwise_replaces_nothing(self, storage, home, fault):
        storage.write(home / "file", b"before")
        data = large(storage)
        upload = begun(storage, home / "file", data)
        fault()

        with pytest.raises(ChecksumMismatch):
            storage.commit(upload, send(storage, upload, data))

        assert whole(storage, home / "file") == b"before"
        storage.abort(upload)

    def test_whoever_does_not_compare_writes_all_the_same(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "large", data)

        storage.write(home / "small", DATA, modified_at=LONG_AGO, verify=False)
        storage.commit(upload, send(storage, upload, data), modified_at=LONG_AGO, verify=False)

        assert (whole(storage, home / "small"), whole(storage, home / "large")) == (DATA, data)

    def test_a_file_is_whole_even_where_nothing_is_compared(self, storage, home):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data, [0, 1, 3])

        for some in (receipts, receipts | {2: receipts[0]}):
            with pytest.raises(ChecksumMismatch):
                storage.commit(upload, some, verify=False)

        with pytest.raises(NoSuchFile):
            storage.stat(home / "file")
        storage.abort(upload)
