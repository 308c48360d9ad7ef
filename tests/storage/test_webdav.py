"""WebDAV, on a real Apache."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.storage.backends.web_server import WebServer
from apps.storage.backends.webdav import WebdavStorage
from apps.storage.errors import NotAFile, Unsupported
from apps.storage.types import FilePath
from tests.storage.contract import StorageContract
from tests.storage.faults import bend_http
from tests.storage.promises.network import NetworkPromises
from tests.storage.servers.nginx import web_server
from tests.storage.servers.webdav import PASSWORD, USER, webdav_server


@pytest.fixture(scope="module")
def url():
    with webdav_server() as url:
        yield url


@pytest.fixture
def open_storage(url, tmp_path):
    """Storages on the server, closed when the test is over."""
    opened = []

    def make(**changes):
        settings = {"url": url, "username": USER, "password": PASSWORD, "spool_folder": str(tmp_path)} | changes
        opened.append(WebdavStorage(**settings))
        return opened[-1]

    yield make
    for storage in opened:
        storage.close()


class TestWebdavStorage(StorageContract, NetworkPromises):
    @pytest.fixture
    def storage(self, open_storage):
        return open_storage()

    @pytest.fixture
    def twin(self, open_storage):
        return open_storage()

    @pytest.fixture
    def fault(self, monkeypatch):
        return lambda: bend_http(monkeypatch)

    @pytest.fixture
    def away(self, open_storage):
        return open_storage(url="http://127.0.0.1:1/")

    @pytest.fixture
    def locked(self, open_storage):
        return open_storage(password="wrong")


def test_what_is_on_its_way_in_is_not_seen_on_the_server_either(open_storage, url):
    storage, path = open_storage(), FilePath(("whole",))

    upload = storage.begin(path, 3, chunk_size=3)
    storage.commit(upload, {0: storage.write_chunk(upload, 0, b"abc")})

    server = WebServer(url=url, username=USER, password=PASSWORD)
    with server.ask("PROPFIND", f"{url}/", headers={"Depth": "1"}) as response:
        assert ".vitrine" not in response.text
    server.close()


def test_a_folder_is_never_replaced_by_a_file(open_storage):
    """A server deletes what a MOVE replaces, with all that is in it."""
    storage, folder = open_storage(), FilePath(("folder",))
    storage.make_folder(folder)
    storage.write(folder / "file", b"data")

    for put in (lambda: storage.write(folder, b"x"), lambda: storage.copy(folder / "file", folder)):
        with pytest.raises(NotAFile):
            put()

    assert storage.stat(folder / "file").size == 4


def test_a_server_of_another_kind_is_told(open_storage, tmp_path):
    with web_server(tmp_path, tmp_path) as url, pytest.raises(Unsupported, match="PROPFIND"):
        open_storage(url=url).stat(FilePath())


def test_what_a_writer_who_died_left_on_the_server_is_swept_away(open_storage, url, monkeypatch):
    storage, folder, later = open_storage(), FilePath(("swept",)), datetime.now(UTC) + timedelta(minutes=2)
    storage.make_folder(folder)
    with monkeypatch.context() as dying:
        dying.setattr(storage, "_uncover", lambda *_: None)
        storage.write(folder / "file", b"data")

    storage.sweep(folder, {"file"}, until=later, kept=())

    server = WebServer(url=url, username=USER, password=PASSWORD)
    with server.ask("PROPFIND", f"{url}/swept/", headers={"Depth": "1"}) as response:
        assert ".vitrine" not in response.text
    server.close()
