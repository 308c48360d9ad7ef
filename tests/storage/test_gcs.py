"""Google Cloud Storage on fake-gcs-server."""

from __future__ import annotations

import pytest
import requests

pytest.importorskip("google.cloud.storage")

from apps.storage.backends.gcs import GcsStorage
from apps.storage.errors import IllegalPath, SignInFailed
from apps.storage.types import FilePath
from tests.storage.contract import StorageContract
from tests.storage.faults import bend_http
from tests.storage.promises.reading import whole
from tests.storage.promises.uploads import send
from tests.storage.servers.gcs import fake_gcs


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with fake_gcs(tmp_path_factory.mktemp("gcs")) as settings:
        yield settings


def looks_at_digests(server):
    """Releases from 1.56 on do; the one that comes from the package index is older."""
    body = '--x\r\n\r\n{"name": "probe", "md5Hash": "AAAAAAAAAAAAAAAAAAAAAA=="}\r\n--x\r\n\r\ndata\r\n--x--'
    address = f"{server['endpoint_url']}/upload/storage/v1/b/{server['bucket']}/o?uploadType=multipart"
    return (
        requests.post(address, body, headers={"Content-Type": "multipart/related; boundary=x"}, timeout=10).status_code
        == 400
    )


class TestGcsStorage(StorageContract):
    refuses = frozenset({"not UTF-8"})

    @pytest.fixture
    def storage(self, server):
        storage = GcsStorage(**server)
        yield storage
        storage.close()

    @pytest.fixture
    def twin(self, storage, server):
        twin = GcsStorage(**server)
        yield twin
        twin.close()

    @pytest.fixture
    def fault(self, monkeypatch, server):
        if not looks_at_digests(server):
            pytest.skip("this release of fake-gcs-server takes MD5s without a look at them, unlike Google")
        return lambda: bend_http(monkeypatch)

    def test_more_pieces_than_are_composed_at_once_become_one_file(self, storage, home):
        data = bytes(range(256)) * 8
        upload = storage.begin(home / "file", len(data), chunk_size=len(data) // 70)

        storage.commit(upload, send(storage, upload, data))

        assert whole(storage, home / "file") == data
        assert storage._keys(".vitrine-uploads/", most=1) == []

    def test_pieces_are_neither_listed_nor_named(self, storage, home):
        upload = storage.begin(home / "file", 4, chunk_size=2)
        storage.write_chunk(upload, 0, b"da")

        assert ".vitrine-uploads" not in {entry.path.name for entry in storage.list(FilePath())}
        with pytest.raises(IllegalPath):
            storage.write(FilePath((".vitrine-uploads", "x")), b"")
        storage.abort(upload)


def test_a_key_that_is_none_is_told_so():
    storage = GcsStorage(bucket="vitrine", service_account={"type": "service_account"})

    with pytest.raises(SignInFailed):
        storage.stat(FilePath(("file",)))
