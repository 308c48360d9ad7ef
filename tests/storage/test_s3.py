"""S3 on a real server: the contract of all storages, and what is of S3 alone."""

from __future__ import annotations

import pytest

pytest.importorskip("boto3")

from apps.storage.backends import s3_objects
from apps.storage.backends.s3 import S3Storage
from apps.storage.errors import ChecksumMismatch
from tests.storage.contract import StorageContract
from tests.storage.faults import bend_s3
from tests.storage.promises.network import NetworkPromises
from tests.storage.promises.reading import whole
from tests.storage.promises.uploads import SweepPromises
from tests.storage.servers.running import free_port
from tests.storage.servers.s3 import juicefs


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with juicefs(tmp_path_factory.mktemp("juicefs")) as settings:
        yield settings


class TestS3Storage(StorageContract, SweepPromises, NetworkPromises):
    refuses = frozenset({"not UTF-8"})

    @pytest.fixture
    def storage(self, server):
        storage = S3Storage(**server)
        yield storage
        storage.close()

    @pytest.fixture
    def twin(self, storage, server):
        twin = S3Storage(**server)
        yield twin
        twin.close()

    @pytest.fixture
    def fault(self, storage):
        return lambda: bend_s3(storage)

    @pytest.fixture
    def away(self, server):
        return S3Storage(**server | {"endpoint_url": f"http://127.0.0.1:{free_port()}"})

    @pytest.fixture
    def locked(self, server):
        storage = S3Storage(**server | {"secret_key": "another"})
        yield storage
        storage.close()

    def test_an_older_file_that_is_encrypted_outlives_an_upload_that_is_gone(self, storage, home, monkeypatch):
        """Its ETag tells nothing, so nothing may be concluded from it; and nothing of another upload is deleted."""
        path = home / "file"
        older, upload = storage.begin(path, 5, chunk_size=5), storage.begin(path, 4, chunk_size=4)
        storage.commit(older, {0: storage.write_chunk(older, 0, b"older")})
        receipts = {0: storage.write_chunk(upload, 0, b"data")}
        storage.abort(upload)
        monkeypatch.setattr(s3_objects, "is_encrypted", lambda answer: True)  # this server has no such keys

        with pytest.raises(ChecksumMismatch):
            storage.commit(upload, receipts)

        assert whole(storage, path) == b"older"
