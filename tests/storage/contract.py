"""The contract of storages: subclass it, give the fixtures, and every kind holds the same promises.

class TestPosixStorage(StorageContract):
    @pytest.fixture
    def storage(self, tmp_path):
        return PosixStorage(root=str(tmp_path))

    @pytest.fixture
    def twin(self, storage, tmp_path):  # asked for after ``storage``, on the same place
        return PosixStorage(root=str(tmp_path))

    @pytest.fixture
    def fault(self, monkeypatch):  # makes what is written from then on arrive otherwise; see ``faults``
        return lambda: bend_disk(monkeypatch)

A storage that is only read (a web server) takes ``ReadingContract`` and gives ``fill`` in a way of its own. One behind
a network takes ``NetworkPromises`` as well.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest

from apps.storage.backends.base import Storage
from apps.storage.errors import AlreadyThere
from apps.storage.types import FilePath
from tests.storage.promises.folders import FolderPromises
from tests.storage.promises.links import LinkPromises
from tests.storage.promises.listing import ListingPromises
from tests.storage.promises.names import NamePromises
from tests.storage.promises.places import PlacePromises
from tests.storage.promises.reading import ReadingPromises
from tests.storage.promises.uploads import UploadPromises
from tests.storage.promises.verifying import VerifyingPromises
from tests.storage.promises.watching import WatchingPromises
from tests.storage.promises.writing import WritingPromises


class ReadingContract(ReadingPromises, ListingPromises, WatchingPromises):
    """What a storage promises to whoever reads."""

    @pytest.fixture
    def storage(self) -> Storage:
        raise NotImplementedError("a subclass gives the storage")

    @pytest.fixture
    def home(self, storage: Storage) -> FilePath:
        """A folder of the test's own. Storages with none have it as soon as there is a file in it."""
        home = FilePath((f"contract-{uuid4().hex[:12]}",))
        if storage.features.has_folders:
            storage.make_folder(home)
        return home

    @pytest.fixture
    def fill(self, storage: Storage, home: FilePath) -> Callable[[str, bytes], FilePath]:
        """``fill("a/b", data)`` puts a file under ``home``, and the folders on the way."""

        def put(name: str, data: bytes) -> FilePath:
            *folders, last = name.split("/")
            path = home
            for folder in folders:
                path /= folder
                with suppress(AlreadyThere):
                    if storage.features.has_folders:
                        storage.make_folder(path)
            storage.write(path / last, data)
            return path / last

        return put


class StorageContract(
    ReadingContract,
    WritingPromises,
    UploadPromises,
    VerifyingPromises,
    FolderPromises,
    LinkPromises,
    PlacePromises,
    NamePromises,
):
    """All promises of ``apps.storage.backends.base``."""

    @pytest.fixture
    def twin(self) -> Storage:
        """Another instance on the same place, as another process has one."""
        raise NotImplementedError("a subclass gives the twin")

    @pytest.fixture
    def fault(self) -> Callable[[], None]:
        """Makes what is written from then on arrive otherwise than it was sent."""
        raise NotImplementedError("a subclass makes a fault")
