"""What processes left behind that ended too early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apps.storage.errors import ChecksumMismatch
from tests.storage.promises.reading import DATA, whole
from tests.storage.promises.uploads import begun, large, send

HOUR = timedelta(hours=1)


class SweepingPromises:
    def test_what_a_process_left_behind_is_swept_away(self, storage, home, twin):
        storage.make_folder(home / "deep")
        data = large(storage)
        upload = begun(storage, home / "deep" / "file", data)
        receipts = send(storage, upload, data)

        assert twin.forget_uploads(home, before=datetime.now(UTC) + HOUR) > 0

        assert dict(storage.chunks(upload)) == {}
        with pytest.raises(ChecksumMismatch):
            storage.commit(upload, receipts)
        assert twin.forget_uploads(home, before=datetime.now(UTC) + HOUR) == 0

    def test_an_upload_that_goes_on_is_left_alone(self, storage, home, twin):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)

        assert twin.forget_uploads(home, before=datetime.now(UTC) - HOUR) == 0

        storage.commit(upload, receipts)
        assert whole(storage, home / "file") == data

    def test_no_file_is_ever_swept_away(self, storage, home):
        storage.make_folder(home / "deep")
        storage.write(home / "deep" / "vitrine-upload-1", DATA)

        assert storage.forget_uploads(home, before=datetime.now(UTC) + HOUR) == 0

        assert whole(storage, home / "deep" / "vitrine-upload-1") == DATA
