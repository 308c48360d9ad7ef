"""A file that the process reads without opening it."""

import pytest

from apps.common.confined.errors import Failed
from apps.common.confined.running import call
from apps.common.errors import Unavailable
from tests.common.confined.test_calling import HERE


class Text:
    """A file, and which parts of it were asked for."""

    def __init__(self, data, size=None):
        self.data, self.size, self.asked = data, len(data) if size is None else size, []

    def read_at(self, start, length):
        self.asked.append((start, length))
        return self.data[start : start + length]


def test_only_what_is_needed_is_asked_for():
    source = Text(b"begin" + bytes(5 << 20) + b"ended")

    assert call(f"{HERE}:ends", [5], source=source, is_shut=True) == ["begin", "ended", (5 << 20) + 10]
    assert source.asked == [(0, 1 << 20), (5 << 20, 10)]


def test_a_large_file_passes_whole():
    assert call(f"{HERE}:read_everything", source=Text(bytes(9_000_001))) == 9_000_001


def test_a_file_that_became_shorter_is_told():
    with pytest.raises(Failed, match="became shorter"):
        call(f"{HERE}:ends", [5], source=Text(b"short", size=100))


def test_what_its_storage_says_is_what_the_caller_hears():
    source = Text(b"")
    source.size = 10
    source.read_at = lambda *_: (_ for _ in ()).throw(Unavailable("The storage is away."))

    with pytest.raises(Unavailable, match="The storage is away"):
        call(f"{HERE}:ends", [5], source=source)
