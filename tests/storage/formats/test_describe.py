"""What is told of any file, of which kind it is taken to be, and to whom."""

import hashlib
import json
from pathlib import Path

import pytest
from xxhash import xxh3_128_hexdigest

from apps.storage import services as storage
from apps.storage.errors import AccessDenied, NotAFile
from apps.storage.services.describing import ALGORITHMS
from apps.storage.types import FilePath

pytestmark = pytest.mark.django_db


def test_the_basics_of_any_file(describe, put):
    put("notes.bin", b"\0\1\2")
    told = describe("notes.bin")

    assert told.pop("modified_at").endswith("+00:00")
    assert told == {
        "path": "/open/notes.bin",
        "name": "notes.bin",
        "size": 3,
        "media_type": "application/octet-stream",
        "checksums": {},
    }


def test_checksums_are_computed_in_one_reading(describe, put):
    data = b"frame" * 700_000
    put("frames.raw", data)
    told = describe("frames.raw", checksums=ALGORITHMS)["checksums"]

    assert told["xxh3"] == xxh3_128_hexdigest(data)
    assert {name: told[name] for name in ("md5", "sha256", "sha512")} == {
        name: hashlib.new(name, data).hexdigest() for name in ("md5", "sha256", "sha512")
    }


@pytest.mark.parametrize(
    ("name", "begins", "kind"),
    [
        ("a.dat", b"\x89HDF\r\n\x1a\n", "application/x-hdf5"),
        ("a.h5", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.nxs", b"nothing like it", "application/x-hdf5"),
        ("frame_0001.cbf", b"###CBF: VERSION", "application/x-cbf"),
        ("a", b"SIMPLE  =", "application/fits"),
        ("a.csv", b"", "text/csv"),
        ("a.txt", b"", "text/plain"),
        ("no suffix", b"", "application/octet-stream"),
    ],
)
def test_how_a_file_begins_tells_more_than_its_name(describe, put, name, begins, kind):
    put(name, begins)

    assert describe(name, has_contents=False)["media_type"] == kind


def test_what_cannot_be_read_is_told_in_a_sentence(describe, put):
    put("broken.h5", b"\x89HDF\r\n\x1a\n" + bytes(200))
    told = describe("broken.h5")

    assert told["format"] == "hdf5"
    assert told["trouble"].startswith("It cannot be read as application/x-hdf5: ")
    assert "contents" not in told


def test_without_the_library_it_is_said_what_to_install(describe, put, monkeypatch):
    put("a.png", b"\x89PNG\r\n\x1a\n")
    monkeypatch.setattr("apps.storage.services.contents.find_spec", lambda name: None)

    assert "the extra `describe`" in describe("a.png")["trouble"]


def test_who_may_not_read_a_file_is_told_nothing_of_it(describe, put, charlie, nobody):
    put("plan.json", b'{"secret": 1}')

    for stranger in (charlie, nobody):
        with pytest.raises(AccessDenied):
            describe("plan.json", actor=stranger)


def test_no_folder_and_no_link_is_described(describe, root):
    (root / "open" / "link").symlink_to(root / "secret" / "plan.txt")

    for name in ("run7", "link"):
        with pytest.raises(NotAFile):
            describe(name)


@pytest.fixture
def described(shared, bob, root):
    """The paths of what is found below ``/open/``, and whether there is more."""
    for name in ("a.json", "b.csv", "run7/c.json", "run7/deep/d.json"):
        (root / "open" / name).parent.mkdir(exist_ok=True)
        (root / "open" / name).write_text(json.dumps({"name": name}))

    def described(**how):
        with storage.opened(shared, actor=bob) as files:
            told = storage.describe_all(files, FilePath.parse("/open/"), **how)
        return [str(one.entry.path.below(FilePath())).removeprefix("/open/") for one in told.files], told.is_cut

    return described


@pytest.mark.parametrize(
    ("how", "found", "is_cut"),
    [
        ({"pattern": "*.json"}, ["a.json"], False),
        ({"pattern": "*.json", "is_recursive": True}, ["a.json", "run7/c.json", "run7/deep/d.json"], False),
        ({"pattern": "run7/*", "is_recursive": True}, ["run7/c.json", "run7/deep/d.json"], False),
        ({"pattern": "*.json", "is_recursive": True, "most": 2}, ["a.json", "run7/c.json"], True),
        ({"pattern": "*.tif"}, [], False),
    ],
)
def test_the_files_of_a_folder_that_fit(described, how, found, is_cut):
    assert described(**how) == (found, is_cut)


def test_all_of_it_is_no_larger_than_a_flow_can_carry(described, monkeypatch):
    monkeypatch.setattr("apps.storage.services.describing.MOST_JSON_BYTES", 400)

    assert described(pattern="*.json", is_recursive=True) == (["a.json"], True)


def test_a_beat_ends_it(shared, bob, put):
    put("long.raw", bytes(5 << 20))

    def beat():
        raise InterruptedError

    with storage.opened(shared, actor=bob) as files, pytest.raises(InterruptedError):
        storage.describe(files, FilePath.parse("/open/long.raw"), wanted=storage.Wanted(("md5",)), beat=beat)


def test_readers_import_nothing_of_the_portal_but_themselves():
    formats = Path(storage.__file__).parent.parent / "formats"
    imported = {line for file in formats.glob("*.py") for line in file.read_text().splitlines() if "import" in line}

    assert not [line for line in imported if "apps." in line and "apps.storage.formats" not in line and "`" not in line]
