"""SFTP, on a real sshd."""

import pytest

from tests.storage.contract import StorageContract
from tests.storage.faults import bend_sftp
from tests.storage.promises.network import NetworkPromises
from tests.storage.promises.uploads import SweepPromises


class TestSftpStorage(StorageContract, SweepPromises, NetworkPromises):
    @pytest.fixture
    def storage(self, open_storage):
        return open_storage()

    @pytest.fixture
    def twin(self, open_storage):
        return open_storage()

    @pytest.fixture
    def fault(self, monkeypatch):
        return lambda: bend_sftp(monkeypatch)

    @pytest.fixture
    def away(self, open_storage):
        return open_storage(port=1)

    @pytest.fixture
    def locked(self, open_storage):
        return open_storage(username="nobody")
