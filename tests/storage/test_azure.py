"""Azure Blob on Azurite: the contract of all storages, and what is of Azure alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests

pytest.importorskip("azure.storage.blob")

from azure.storage.blob import BlobClient, ContainerClient, ContainerSasPermissions, generate_container_sas

from apps.storage.backends.azure import AzureStorage
from apps.storage.backends.azure_objects import md5_header
from apps.storage.errors import (
    AccessDenied,
    Changed,
    ChecksumMismatch,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    SignInFailed,
    StorageAway,
)
from apps.storage.types import FilePath
from tests.storage.contract import StorageContract
from tests.storage.faults import bend_http
from tests.storage.promises.network import NetworkPromises
from tests.storage.promises.reading import DATA, whole
from tests.storage.promises.uploads import begun, large, send, uploaded
from tests.storage.promises.writing import LONG_AGO
from tests.storage.servers.azure import azurite
from tests.storage.servers.running import free_port


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with azurite(tmp_path_factory.mktemp("azurite")) as settings:
        yield settings


class TestAzureStorage(StorageContract, NetworkPromises):
    refuses = frozenset({"not UTF-8", "a new line", "a tab", "a bell", "a backslash", "a dot behind", "three dots"})

    @pytest.fixture
    def storage(self, server):
        storage = AzureStorage(**server)
        yield storage
        storage.close()

    @pytest.fixture
    def twin(self, storage, server):
        twin = AzureStorage(**server)
        yield twin
        twin.close()

    @pytest.fixture
    def fault(self, monkeypatch):
        return lambda: bend_http(monkeypatch)

    @pytest.fixture
    def away(self, server):
        storage = AzureStorage(**server | {"endpoint_url": f"http://127.0.0.1:{free_port()}/vitrine"})
        yield storage
        storage.close()

    @pytest.fixture
    def locked(self, server):
        storage = AzureStorage(**server | {"account_key": "YW5vdGhlcg=="})
        yield storage
        storage.close()

    def test_pieces_are_neither_listed_nor_named(self, storage, home):
        upload = storage.begin(home / "file", 4, chunk_size=2)
        storage.write_chunk(upload, 0, b"da")

        assert not [entry for entry in storage.list(FilePath()) if entry.path.name.startswith(".vitrine")]
        with pytest.raises(IllegalPath):
            storage.stat(FilePath((f".vitrine-{upload.state['upload']}.part",)))
        storage.abort(upload)

    def test_of_a_piece_that_came_twice_the_last_is_told(self, storage, home, monkeypatch):
        """Azure keeps both, because their contents differ."""
        upload = storage.begin(home / "file", 4, chunk_size=2)
        later = datetime.now(UTC) + timedelta(seconds=1)
        storage.write_chunk(upload, 0, b"no")
        monkeypatch.setattr("apps.storage.backends.azure_uploads.datetime", _clock(later))
        last = storage.write_chunk(upload, 0, b"da")

        assert dict(storage.chunks(upload)) == {0: last}
        storage.abort(upload)

    def test_a_commit_that_was_cut_off_is_done_by_another(self, storage, home, twin, monkeypatch):
        data = large(storage)
        upload = begun(storage, home / "file", data)
        receipts = send(storage, upload, data)

        monkeypatch.setattr(storage, "copy_blob", _fails)
        with pytest.raises(StorageAway):
            storage.commit(upload, receipts)
        assert dict(twin.chunks(upload)) == receipts
        twin.commit(upload, receipts)

        assert whole(storage, home / "file") == data

    def test_what_azure_does_not_copy_at_once_is_copied_in_blocks(self, storage, home, monkeypatch):
        monkeypatch.setattr("apps.storage.backends.azure_uploads.LARGEST_COPY", 1000)
        data = large(storage)
        upload = begun(storage, home / "file", data)

        storage.commit(upload, send(storage, upload, data), modified_at=LONG_AGO)
        storage.copy(home / "file", home / "copy")

        assert whole(storage, home / "file") == whole(storage, home / "copy") == data
        assert [entry.modified_at for entry in storage.list(home)] == [LONG_AGO, LONG_AGO]

    def test_a_folder_of_large_files_moves_with_their_times(self, storage, home, monkeypatch):
        monkeypatch.setattr("apps.storage.backends.azure_uploads.LARGEST_COPY", 1000)
        storage.write(home / "old" / "file", DATA, modified_at=LONG_AGO)

        storage.rename(home / "old", home / "new")

        assert whole(storage, home / "new" / "file") == DATA
        assert storage.stat(home / "new" / "file").modified_at == LONG_AGO

    def test_a_copy_that_another_writer_disturbed_is_made_anew(self, storage, home, monkeypatch):
        monkeypatch.setattr("apps.storage.backends.azure_uploads.LARGEST_COPY", 1000)
        storage.write(home / "file", DATA)
        commit, others = BlobClient.commit_block_list, iter([b"of another"])

        def disturbed(blob, *told, **more):
            for data in others:
                blob.upload_blob(data, overwrite=True)
            return commit(blob, *told, **more)

        monkeypatch.setattr(BlobClient, "commit_block_list", disturbed)
        storage.copy(home / "file", home / "copy")

        assert whole(storage, home / "copy") == DATA

    def test_bytes_that_are_not_those_of_the_digest_are_refused(self, storage, home, monkeypatch):
        other = md5_header(bytes(16))
        monkeypatch.setattr("apps.storage.backends.azure.md5_header", lambda digest: other)
        monkeypatch.setattr("apps.storage.backends.azure_uploads.md5_header", lambda digest: other)
        upload = begun(storage, home / "large", DATA)

        for send_it in (lambda: storage.write(home / "file", DATA), lambda: storage.write_chunk(upload, 0, DATA)):
            with pytest.raises(ChecksumMismatch):
                send_it()

        assert dict(storage.chunks(upload)) == {}
        with pytest.raises(NoSuchFile):
            storage.stat(home / "file")

    def test_the_order_holds_over_pages(self, storage, home, fill, monkeypatch):
        monkeypatch.setattr("apps.storage.backends.azure.PAGE", 2)
        expected = ["a", "a!", "a-", "a-b", "a.txt", "a0", "b", "c"]
        for name in reversed(expected):
            fill(name + "/file" if name in {"a", "a-b"} else name, b"")

        assert [entry.path.name for entry in storage.list(home)] == expected

    def test_what_is_written_while_a_folder_moves_stays(self, storage, home, twin, monkeypatch):
        storage.write(home / "old" / "file", DATA)
        forget, others = storage._forget, iter(["file", "late"])

        def late(key, **same):
            for name in others:
                twin.write(home / "old" / name, b"late")
            forget(key, **same)

        monkeypatch.setattr(storage, "_forget", late)
        with pytest.raises(Changed):
            storage.rename(home / "old", home / "new")

        assert [whole(storage, home / "old" / name) for name in ("file", "late")] == [b"late", b"late"]

    def test_a_signed_address_is_good_for_this_file_alone(self, storage, home):
        storage.write(home / "file", DATA)
        storage.write(home / "other", DATA)

        url = storage.signed_url(home / "file", seconds=60, filename="name é.txt")
        answer = requests.get(url, timeout=10)

        assert answer.content == DATA
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''name%20%C3%A9.txt"
        assert requests.get(url.replace("/file?", "/other?"), timeout=10).status_code == 403

    def test_a_token_is_enough(self, storage, server, home):
        storage = AzureStorage(**_with_token(server))
        data = large(storage)

        uploaded(storage, home / "large", data)
        storage.rename(home / "large", home / "moved")

        assert whole(storage, home / "moved") == data
        assert storage.signed_url(home / "moved", seconds=60, filename="x") is None
        storage.close()


def _clock(now):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now

    return Clock


def _fails(*_):
    raise StorageAway


def _with_token(server):
    right = ContainerSasPermissions(read=True, list=True, write=True, delete=True, create=True)
    until = datetime.now(UTC) + timedelta(minutes=5)
    told = {"account_key": server["account_key"], "permission": right, "expiry": until}
    token = generate_container_sas(server["account"], server["container"], **told)
    return {name: said for name, said in server.items() if name != "account_key"} | {"sas_token": f"?{token}"}


def test_a_public_container_is_read_by_everybody_and_written_by_nobody(server):
    with ContainerClient(server["endpoint_url"], "open", credential=server["account_key"]) as container:
        container.create_container(public_access="container")
        container.upload_blob("folder/file", DATA)
    public = AzureStorage(account="vitrine", container="open", endpoint_url=server["endpoint_url"])

    assert whole(public, FilePath.parse("/folder/file")) == DATA
    assert [str(entry.path) for entry in public.list(FilePath())] == ["/folder"]
    with pytest.raises((SignInFailed, AccessDenied)):
        public.write(FilePath(("file",)), DATA)
    public.close()


def test_a_container_that_is_not_there_is_told_so(server):
    storage = AzureStorage(**server | {"container": "nothing"})

    with pytest.raises(InvalidCollection):
        storage.stat(FilePath(("file",)))
    storage.close()


def test_a_key_that_is_none_is_told_so():
    with pytest.raises(InvalidCollection):
        AzureStorage(account="vitrine", container="files", account_key="no key")
