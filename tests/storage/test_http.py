"""Web servers, on a real nginx."""

from ipaddress import ip_address

import pytest

from apps.storage.backends.http import HttpStorage
from apps.storage.backends.web_server import is_refused
from apps.storage.errors import (
    AccessDenied,
    InvalidCollection,
    NoSuchFile,
    NotAFile,
    SignInFailed,
    StorageAway,
    Unsupported,
)
from apps.storage.types import EntryKind, FilePath
from tests.storage.contract import ReadingContract
from tests.storage.promises.names import HARD
from tests.storage.promises.reading import whole
from tests.storage.servers.nginx import web_server


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("root")


@pytest.fixture(scope="module")
def url(root, tmp_path_factory):
    with web_server(tmp_path_factory.mktemp("nginx"), root) as url:
        yield url


@pytest.fixture
def storage(url):
    storage = HttpStorage(url=url)
    yield storage
    storage.close()


class TestHttpStorage(ReadingContract):
    @pytest.fixture
    def storage(self, storage):
        return storage

    @pytest.fixture
    def home(self, root, request):
        home = FilePath((f"home-{abs(hash(request.node.name))}",))
        (root / home.name).mkdir()
        return home

    @pytest.fixture
    def fill(self, root, home):
        def put(name, data):
            file = root / home.name / name
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = root / f"beside-{name.replace('/', '-')}"
            beside.write_bytes(data)
            beside.replace(file)  # else nginx is asked for half a file
            path = home
            for part in name.split("/"):
                path /= part
            return path

        return put

    @pytest.mark.parametrize("hard", [hard for hard, name in HARD.items() if not name.startswith(".")])
    def test_a_hard_name_is_read(self, storage, root, home, hard):
        """nginx leaves names that begin with a dot out of its index."""
        (root / home.name / HARD[hard]).write_bytes(b"data")

        assert [entry.path for entry in storage.list(home)] == [home / HARD[hard]]
        assert whole(storage, home / HARD[hard]) == b"data"


def test_nothing_is_written(storage):
    path = FilePath(("file",))

    for write in (lambda: storage.write(path, b""), lambda: storage.begin(path, 1, chunk_size=1)):
        with pytest.raises(Unsupported):
            write()
    for change in (storage.delete, storage.make_folder):
        with pytest.raises(Unsupported):
            change(path)


def test_pages_for_people_are_not_read(storage, root):
    (root / "pages").mkdir()
    (root / "pages" / "file").write_text("known")

    with pytest.raises(Unsupported, match="autoindex_format json"):
        next(storage.list(FilePath(("pages",))))
    assert whole(storage, FilePath(("pages", "file"))) == b"known"


def test_a_redirect_stays_on_the_server(storage, root):
    (root / "file").write_text("moved")

    assert whole(storage, FilePath(("moved",))) == b"moved"
    for name in ("away", "circle"):
        with pytest.raises(StorageAway, match="redirects"):
            storage.stat(FilePath((name,)))


@pytest.mark.parametrize(
    ("name", "error"),
    [("shut", SignInFailed), ("secret", AccessDenied), ("late", StorageAway), ("nothing", NoSuchFile)],
)
def test_what_the_server_refuses_is_told(storage, name, error):
    with pytest.raises(error):
        storage.stat(FilePath((name,)))
    with pytest.raises(error):
        next(storage.read(FilePath((name,))))


def test_a_server_that_is_away_is_told():
    with pytest.raises(StorageAway):
        HttpStorage(url="http://127.0.0.1:1").stat(FilePath())


def test_the_root_is_no_file(storage):
    assert storage.stat(FilePath()).kind is EntryKind.FOLDER
    with pytest.raises(NotAFile):
        next(storage.read(FilePath()))


@pytest.mark.parametrize("url", ["", "file:///etc", "ftp://host", "https://", "https://u:p@host/", "https://host/?a=b"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(InvalidCollection, match="url: "):
        HttpStorage(url=url)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "0.0.0.0"]
)
def test_addresses_where_clouds_keep_secrets_are_refused(address):
    assert is_refused(ip_address(address))


def test_the_address_is_looked_at_after_the_name_was_resolved(url, monkeypatch):
    """127.0.0.1 stands for what is refused, so that there is a server to connect to."""
    monkeypatch.setattr("apps.storage.backends.web_server.is_refused", lambda address: address.is_loopback)
    asked = url.replace("127.0.0.1", "localhost")

    with pytest.raises(StorageAway, match="no address of a storage"):
        HttpStorage(url=asked).stat(FilePath())
    assert HttpStorage(url=asked, allowed_networks=["127.0.0.0/8"]).stat(FilePath()).is_folder
