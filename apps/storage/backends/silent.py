"""Storages that say nothing by themselves."""

from __future__ import annotations

from apps.storage.backends.base import Watch
from apps.storage.types import FilePath


class SilentStorage:
    """What changes in it is found by listing it."""

    def watch(self, folder: FilePath, *, is_recursive: bool) -> Watch | None:
        return None

    def being_written(self, path: FilePath) -> bool | None:
        return None
