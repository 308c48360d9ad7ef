"""Files and folders that are given another place."""

from __future__ import annotations

import pytest

from apps.common.errors import PortalError
from apps.storage.errors import AlreadyThere, NoSuchFile, NotAFolder
from tests.storage.promises.reading import DATA, whole


class PlacePromises:
    def test_a_file_moves(self, storage, home):
        storage.make_folder(home / "folder")
        storage.write(home / "old", DATA)

        storage.rename(home / "old", home / "folder" / "new")

        assert whole(storage, home / "folder" / "new") == DATA
        assert [entry.path.name for entry in storage.list(home)] == ["folder"]

    def test_a_folder_moves_with_all_that_is_in_it(self, storage, home):
        for folder in ("old", "old/empty", "old/deep"):
            storage.make_folder(_at(home, folder))
        storage.write(_at(home, "old/deep/file"), DATA)

        storage.rename(home / "old", home / "new")

        assert whole(storage, _at(home, "new/deep/file")) == DATA
        assert [entry.path.name for entry in storage.list(home / "new")] == ["deep", "empty"]
        with pytest.raises(NoSuchFile):
            storage.stat(home / "old")

    def test_what_is_at_the_new_place_stays(self, storage, home):
        storage.write(home / "old", DATA)
        storage.write(home / "file", b"file")
        storage.make_folder(home / "folder")
        storage.make_folder(home / "other")

        for old, new in (("old", "file"), ("old", "folder"), ("other", "folder"), ("other", "file")):
            with pytest.raises(AlreadyThere):
                storage.rename(home / old, home / new)

        assert [entry.path.name for entry in storage.list(home)] == ["file", "folder", "old", "other"]
        assert (whole(storage, home / "file"), whole(storage, home / "old")) == (b"file", DATA)

    def test_what_is_not_there_does_not_move(self, storage, home):
        with pytest.raises(NoSuchFile):
            storage.rename(home / "nothing", home / "new")

    def test_the_folder_of_the_new_place_has_to_be_there(self, storage, home):
        if not storage.features.has_folders:
            pytest.skip("there are no folders on this storage")
        storage.write(home / "old", DATA)
        storage.write(home / "file", b"")

        with pytest.raises(NoSuchFile):
            storage.rename(home / "old", _at(home, "nothing/new"))
        with pytest.raises((NoSuchFile, NotAFolder)):
            storage.rename(home / "old", _at(home, "file/new"))
        assert whole(storage, home / "old") == DATA

    @pytest.mark.parametrize("new", ["folder", "folder/deeper", "folder/file"])
    def test_nothing_is_lost_by_a_move_into_itself(self, storage, home, new):
        storage.make_folder(home / "folder")
        storage.write(_at(home, "folder/file"), DATA)

        with pytest.raises(PortalError):
            storage.rename(home / "folder", _at(home, new))

        assert whole(storage, _at(home, "folder/file")) == DATA

    def test_a_file_moved_onto_itself_stays(self, storage, home):
        storage.write(home / "file", DATA)

        with pytest.raises(AlreadyThere):
            storage.rename(home / "file", home / "file")

        assert whole(storage, home / "file") == DATA


def _at(home, names):
    for name in names.split("/"):
        home /= name
    return home
