"""Names that are hard to keep, and stay as they are."""

from __future__ import annotations

import pytest

from apps.storage.errors import IllegalPath
from tests.storage.promises.reading import whole

HARD = {
    "a space": "a b",
    "spaces around": " a ",
    "only a space": " ",
    "a new line": "a\nb",
    "a tab": "a\tb",
    "a bell": "a\x07b",
    "a percent sign": "100%",
    "an escape": "a%2Fb",
    "a dotted escape": "%2e%2e",
    "a plus": "a+b",
    "an ampersand": "a&b=c",
    "a question": "a?b#c",
    "a semicolon": "a;b",
    "quotes": "a\"b'c`d",
    "brackets": "a[b]{c}(d)<e>",
    "a wildcard": "*",
    "a variable": "$HOME",
    "a backslash": "a\\b",
    "a colon": "c:",
    "an option": "-rf",
    "a long option": "--help",
    "a tilde": "~",
    "three dots": "...",
    "a dot before": ".hidden",
    "a dot behind": "a.",
    "composed": "\u00e9",
    "decomposed": "e\u0301",
    "beyond the plane": "𝄞",
    "right to left": "\u202egnp.exe",
    "the longest": "x" * 255,
    "the longest in two bytes": "é" * 127,
    "not UTF-8": "a\udcffb",
}
ALIKE = ("a", "A", "\u00e9", "e\u0301", "a ", "a.", "%61", "\u0430")


class NamePromises:
    refuses: frozenset[str] = frozenset()
    """The keys of ``HARD`` that this kind of storage cannot keep. It says so before it writes anything."""

    @pytest.mark.parametrize("hard", HARD)
    def test_a_hard_name_is_kept(self, storage, home, hard):
        path = home / HARD[hard]
        if hard in self.refuses:
            with pytest.raises(IllegalPath):
                storage.write(path, b"data")
            return
        storage.write(path, b"data")

        assert [entry.path for entry in storage.list(home)] == [storage.stat(path).path] == [path]
        assert whole(storage, path) == b"data"
        storage.rename(path, home / "easy")
        storage.rename(home / "easy", path)
        storage.delete(path)
        assert not storage.features.has_folders or list(storage.list(home)) == []

    @pytest.mark.parametrize("hard", HARD)
    def test_a_folder_has_a_hard_name(self, storage, home, hard):
        if hard in self.refuses:
            pytest.skip("this storage cannot keep it")
        folder = home / HARD[hard]
        storage.make_folder(folder)
        storage.write(folder / "file", b"data")

        assert [entry.path for entry in storage.list(folder)] == [folder / "file"]
        assert whole(storage, folder / "file") == b"data"

    def test_names_that_look_alike_are_several(self, storage, home):
        names = [name for name in ALIKE if name not in {HARD[hard] for hard in self.refuses}]
        for name in names:
            storage.write(home / name, name.encode())

        assert {entry.path.name for entry in storage.list(home)} == set(names)
        assert [whole(storage, home / name).decode() for name in names] == names
