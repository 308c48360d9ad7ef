"""One spelling for each place, and back from every form that it is kept in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.storage.errors import IllegalPath
from apps.storage.types import FilePath, chunks_of

NAMES = st.one_of(
    st.sampled_from(["a", "A", "é", "e\u0301", " ", "\n", "%", "%25", "%41", "...", "a:b", "\\", "-rf", "con", "~"]),
    st.binary(min_size=1, max_size=30).map(lambda raw: raw.decode(errors="surrogateescape")),
).filter(lambda name: name not in {".", ".."} and "/" not in name and "\0" not in name)
PATHS = st.lists(NAMES, max_size=5).map(lambda names: FilePath(tuple(names)))


@given(PATHS)
def test_a_path_is_what_was_written(path):
    assert FilePath.parse(str(path)) == path
    assert FilePath.parse(path.folder) == path
    assert FilePath.from_key(path.key) == path


@given(PATHS)
def test_every_database_can_keep_it(path):
    assert path.key.encode().decode() == path.key
    assert "\0" not in path.key


@given(PATHS, PATHS)
def test_two_places_are_kept_apart(one, other):
    assert (one.key == other.key) == (one == other)
    assert one.below(other).is_within(other)
    assert one.is_within(other) == str(one.folder).startswith(other.folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a/b",
        "//",
        "//a",
        "/a//b",
        "/a//",
        "/.",
        "/..",
        "/a/../b",
        "/./a",
        "/a/.",
        "/\x00",
        "/a\x00b",
        f"/{'x' * 256}",
        "/" + "é" * 128,
        "/x" * 2049,
        "~",
        "\\a",
    ],
)
def test_what_is_spelled_otherwise_is_refused(text):
    with pytest.raises(IllegalPath):
        FilePath.parse(text)


@given(st.integers(0, 1000), st.integers(1, 300))
def test_pieces_cover_a_file_once(size, chunk_size):
    pieces = list(chunks_of(size, chunk_size))

    assert [number for number, _, _ in pieces] == list(range(len(pieces)))
    assert sum(length for _, _, length in pieces) == size
    assert all(start == number * chunk_size for number, start, _ in pieces)
