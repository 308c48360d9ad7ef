import pytest

from apps.storage.backends.sftp import SftpStorage
from tests.storage.servers.ssh import ssh_server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with ssh_server(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture
def root(tmp_path):
    """The folder of the server that its storages show."""
    root = tmp_path / "root"
    root.mkdir()
    return root


@pytest.fixture
def open_storage(server, root):
    """Storages on ``root``, closed when the test is over."""
    opened = []

    def make(**changes):
        settings = server.settings | server.credentials | {"root": str(root)} | changes
        opened.append(SftpStorage(**settings))
        return opened[-1]

    yield make
    for storage in opened:
        storage.close()
