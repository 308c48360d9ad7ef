"""What changes is told, or else it is said that nothing is."""

from __future__ import annotations

from apps.storage.types import Changes


class WatchingPromises:
    def test_a_file_that_comes_is_told_unless_the_storage_tells_nothing(self, storage, home, fill):
        watch = storage.watch(home, is_recursive=True)
        if watch is None:
            return

        path = fill("folder/file", b"data")

        assert watch.changes(wait_s=10) == Changes(touched=(path,))
        watch.close()

    def test_a_file_that_is_there_whole_is_not_being_written(self, storage, fill):
        assert storage.being_written(fill("file", b"data")) in {False, None}
