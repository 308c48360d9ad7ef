"""Symbolic links, where a storage has them."""

from __future__ import annotations

import pytest

from apps.storage.errors import AlreadyThere, IllegalPath, NoSuchFile, NotAFile, Unsupported
from apps.storage.types import EntryKind
from tests.storage.promises.reading import DATA, whole


class LinkPromises:
    @pytest.fixture
    def linking(self, storage):
        if not storage.features.makes_links:
            pytest.skip("there are no links on this storage")
        return storage

    def test_a_storage_without_links_says_so(self, storage, home):
        if storage.features.makes_links:
            pytest.skip("there are links on this storage")

        with pytest.raises(Unsupported):
            storage.make_link(home / "link", "file")

    @pytest.mark.parametrize("target", ["file", "../../../../etc/passwd", "/nowhere/é \n", "a\udcffb", "x" * 4095])
    def test_a_link_says_what_it_was_told_and_is_not_followed(self, linking, home, target):
        linking.write(home / "file", DATA)

        entry = linking.make_link(home / "link", target)

        assert (entry.path, entry.kind, entry.target) == (home / "link", EntryKind.LINK, target)
        assert linking.stat(home / "link") == entry
        with pytest.raises(NotAFile):
            next(linking.read(home / "link"))

    def test_a_link_replaces_nothing(self, linking, home):
        linking.write(home / "file", DATA)
        linking.make_link(home / "link", "file")

        for name in ("file", "link"):
            with pytest.raises(AlreadyThere):
                linking.make_link(home / name, "other")
        with pytest.raises(NoSuchFile):
            linking.make_link(home / "nothing" / "link", "file")
        assert whole(linking, home / "file") == DATA

    def test_a_link_goes_and_what_it_leads_to_stays(self, linking, home):
        linking.write(home / "file", DATA)
        linking.make_link(home / "link", "file")

        linking.delete(home / "link")

        assert [entry.path.name for entry in linking.list(home)] == ["file"]

    @pytest.mark.parametrize("target", ["", "a\0b", "x" * 4096])
    def test_what_no_link_can_say_is_refused(self, linking, home, target):
        with pytest.raises(IllegalPath):
            linking.make_link(home / "link", target)
        assert list(linking.list(home)) == []
