"""Files in a collection of Alice's, described for Bob, who may read a folder of it."""

import pytest

from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.storage.beamline import admin, beamline, root, shared

__all__ = ["admin", "beamline", "root", "shared"]


@pytest.fixture
def put(root):
    """Writes a file where Bob may read it."""

    def put(name, data):
        (root / "open" / name).write_bytes(data)

    return put


@pytest.fixture
def describe(shared, bob):
    """``describe("a.png", has_place=True)``: as JSON."""

    def describe(name, actor=bob, **wanted):
        with storage.opened(shared, actor=actor) as files:
            told = storage.describe(files, FilePath.parse(f"/open/{name}"), wanted=storage.Wanted(**wanted)).as_json()
        assert "open files" not in told.get("trouble", ""), "a library wanted to import something late"
        return told

    return describe


@pytest.fixture
def contents(describe):
    """Of a file that can be read."""

    def contents(name, **wanted):
        told = describe(name, **wanted)
        assert "trouble" not in told, told
        return told["contents"]

    return contents
