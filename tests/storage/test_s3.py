"""S3 on a real server: the contract of all storages, and what is of S3 alone."""

from __future__ import annotations

import pytest

pytest.importorskip("boto3")

from apps.storage.backends.s3 import S3Storage
from tests.storage.contract import StorageContract
from tests.storage.faults import bend_s3
from tests.storage.promises.network import NetworkPromises
from tests.storage.servers.running import free_port
from tests.storage.servers.s3 import juicefs


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with juicefs(tmp_path_factory.mktemp("juicefs")) as settings:
        yield settings


class TestS3Storage(StorageContract, NetworkPromises):
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
