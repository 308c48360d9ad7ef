"""Folders that are made and deleted."""

from __future__ import annotations

import pytest

from apps.storage.errors import AlreadyThere, FolderNotEmpty, NoSuchFile, NotAFolder


class FolderPromises:
    def test_a_folder_is_made(self, storage, home):
        """On a storage without folders too, as an empty object or however it is done there."""
        storage.make_folder(home / "folder")

        assert storage.stat(home / "folder").is_folder
        assert [(entry.path, entry.is_folder) for entry in storage.list(home)] == [(home / "folder", True)]
        assert list(storage.list(home / "folder")) == []

    def test_a_folder_is_made_once(self, storage, home):
        storage.make_folder(home / "folder")
        storage.write(home / "file", b"data")

        for name in ("folder", "file"):
            with pytest.raises(AlreadyThere):
                storage.make_folder(home / name)
        assert storage.stat(home / "file").size == 4

    def test_a_folder_needs_the_one_above(self, storage, home):
        if not storage.features.has_folders:
            pytest.skip("there are no folders on this storage")
        storage.write(home / "file", b"")

        with pytest.raises(NoSuchFile):
            storage.make_folder(home / "nothing" / "folder")
        with pytest.raises((NoSuchFile, NotAFolder)):
            storage.make_folder(home / "file" / "folder")

    def test_what_is_deleted_is_gone(self, storage, home):
        storage.write(home / "file", b"")
        storage.write(home / "other", b"")
        storage.make_folder(home / "folder")

        storage.delete(home / "file")
        storage.delete(home / "folder")

        assert [entry.path.name for entry in storage.list(home)] == ["other"]
        for name in ("file", "folder", "never"):
            with pytest.raises(NoSuchFile):
                storage.delete(home / name)

    def test_a_folder_with_something_in_it_stays(self, storage, home):
        storage.make_folder(home / "folder")
        storage.write(home / "folder" / "file", b"data")

        with pytest.raises(FolderNotEmpty):
            storage.delete(home / "folder")

        assert storage.stat(home / "folder" / "file").size == 4
