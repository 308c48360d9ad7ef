"""Storages behind a network: it fails in our words."""

from __future__ import annotations

import pytest

from apps.storage.backends.base import Storage
from apps.storage.errors import SignInFailed, StorageAway
from apps.storage.types import FilePath


class NetworkPromises:
    @pytest.fixture
    def away(self) -> Storage:
        raise NotImplementedError("a subclass gives a storage whose server does not answer")

    @pytest.fixture
    def locked(self) -> Storage:
        raise NotImplementedError("a subclass gives a storage with credentials that the server refuses")

    def test_a_server_that_is_away_is_told_so(self, away):
        for ask in (away.stat, lambda path: next(away.list(path)), lambda path: next(away.read(path))):
            with pytest.raises(StorageAway):
                ask(FilePath(("file",)))

    def test_refused_credentials_are_told_so(self, locked):
        with pytest.raises(SignInFailed):
            next(locked.list(FilePath()))
