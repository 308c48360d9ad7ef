"""A folder of this machine holds the contract, on older kernels too, and promises more."""

import os
import shutil
import socket
from datetime import UTC, datetime

import pytest

from apps.common.errors import Invalid
from apps.storage.backends.posix import PosixStorage
from apps.storage.backends.posix.confined import best_way, by_one_call
from apps.storage.errors import (
    Changed,
    ChecksumMismatch,
    FolderNotEmpty,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    NotAFile,
    QuotaExceeded,
    StorageAway,
)
from apps.storage.types import EntryKind, FilePath
from tests.storage.contract import StorageContract
from tests.storage.faults import bend_disk
from tests.storage.promises.reading import whole
from tests.storage.promises.uploads import SweepPromises, begun, large, send
from tests.storage.promises.writing import LONG_AGO

ROOT = FilePath()


@pytest.mark.usefixtures("kernel")
class TestPosixStorage(StorageContract, SweepPromises):
    @pytest.fixture
    def storage(self, tmp_path):
        return PosixStorage(root=str(tmp_path))

    @pytest.fixture
    def twin(self, tmp_path):
        return PosixStorage(root=str(tmp_path))

    @pytest.fixture
    def fault(self, monkeypatch):
        return lambda: bend_disk(monkeypatch)


@pytest.fixture
def storage(tmp_path):
    return PosixStorage(root=str(tmp_path))


def kept(folder):
    """All names, the hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_this_kernel_goes_in_one_call():
    assert best_way() is by_one_call


def test_the_room_is_that_of_the_disk(storage, tmp_path):
    near = shutil.disk_usage(tmp_path).free

    assert storage.free_bytes(FilePath()) == pytest.approx(near, rel=0.1)


def test_a_time_is_kept_to_the_microsecond(storage):
    instant = datetime(2031, 7, 8, 9, 10, 11, 123457, tzinfo=UTC)

    assert storage.write(ROOT / "file", b"", modified_at=instant).modified_at == instant
    storage.set_modified(ROOT / "file", datetime(1965, 1, 1, tzinfo=UTC))
    assert storage.stat(ROOT / "file").modified_at == datetime(1965, 1, 1, tzinfo=UTC)


def test_owner_and_mode_are_told(storage, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "file").chmod(0o640)

    entry = storage.stat(ROOT / "file")

    assert (entry.mode, entry.owner) == ("0640", (tmp_path / "file").owner())


def test_the_version_tells_of_equal_sizes_and_times(storage, tmp_path):
    entry = storage.write(ROOT / "file", b"one", modified_at=datetime(2020, 1, 1, tzinfo=UTC))
    pieces = storage.read(ROOT / "file", version=entry.version)
    storage.write(ROOT / "file", b"two", modified_at=datetime(2020, 1, 1, tzinfo=UTC))

    with pytest.raises(Changed):
        next(pieces)


def test_a_file_that_grows_while_it_is_read_is_told(storage, tmp_path):
    (tmp_path / "file").write_bytes(b"x" * (3 << 20))
    pieces = storage.read(ROOT / "file", version=storage.stat(ROOT / "file").version)
    next(pieces)
    with (tmp_path / "file").open("ab") as file:
        file.write(b"more")

    with pytest.raises(Changed):
        next(pieces)


# --- what is no file ------------------------------------------------------------------------------------------------


@pytest.fixture
def specials(tmp_path):
    """A pipe without a writer and a socket, either of which would hold up who opens it."""
    os.mkfifo(tmp_path / "pipe")
    listener = socket.socket(socket.AF_UNIX)
    here = os.open(tmp_path, os.O_DIRECTORY)
    listener.bind(f"/proc/self/fd/{here}/socket")  # an address is short, and the folder's path may not be
    yield ("pipe", "socket")
    listener.close()
    os.close(here)


def test_special_files_are_told_and_never_opened(storage, specials):
    for name in specials:
        assert storage.stat(ROOT / name).kind is EntryKind.OTHER
        for use in (
            lambda path: next(storage.read(path)),
            lambda path: storage.write(path, b""),
            lambda path: storage.copy(path, ROOT / "copy"),
            lambda path: storage.commit(storage.begin(path, 0, chunk_size=1), {}),
        ):
            with pytest.raises((NotAFile, ChecksumMismatch)):
                use(ROOT / name)
    assert [entry.path.name for entry in storage.list(ROOT)] == ["pipe", "socket"]


def test_special_files_move_and_go(storage, specials):
    storage.rename(ROOT / "pipe", ROOT / "moved")
    storage.delete(ROOT / "moved")
    storage.delete(ROOT / "socket")

    assert list(storage.list(ROOT)) == []


# --- files on their way in ------------------------------------------------------------------------------------------


HIDDEN_USES = {
    "stat": lambda storage, path: storage.stat(path),
    "stat below": lambda storage, path: storage.stat(path / "below"),
    "list": lambda storage, path: next(storage.list(path)),
    "read": lambda storage, path: next(storage.read(path)),
    "write": lambda storage, path: storage.write(path, b""),
    "begin": lambda storage, path: storage.begin(path, 1, chunk_size=1),
    "make_link": lambda storage, path: storage.make_link(path, "seen"),
    "make_folder": lambda storage, path: storage.make_folder(path),
    "delete": lambda storage, path: storage.delete(path),
    "rename from": lambda storage, path: storage.rename(path, ROOT / "seen"),
    "rename to": lambda storage, path: storage.rename(ROOT / "seen", path),
    "copy": lambda storage, path: storage.copy(path, ROOT / "seen"),
    "set_modified": lambda storage, path: storage.set_modified(path, LONG_AGO),
}


@pytest.mark.parametrize("use", HIDDEN_USES)
def test_hidden_names_are_not_to_be_addressed(storage, tmp_path, use):
    storage.begin(ROOT / "file", 100, chunk_size=10)
    storage.write(ROOT / "seen", b"")

    with pytest.raises(IllegalPath):
        HIDDEN_USES[use](storage, ROOT / kept(tmp_path)[0])
    assert [entry.path.name for entry in storage.list(ROOT)] == ["seen"]


def test_what_fails_leaves_nothing(storage, tmp_path):
    (tmp_path / "folder").mkdir()

    with pytest.raises(QuotaExceeded):
        storage.begin(ROOT / "file", 1 << 60, chunk_size=1 << 40)
    with pytest.raises(NotAFile):
        storage.write(ROOT / "folder", b"data")
    with pytest.raises(Invalid):
        storage.write_chunk(storage.begin(ROOT / "folder" / "file", 5, chunk_size=5), 0, b"four")

    assert kept(tmp_path) == ["folder"]


def test_nothing_is_left_when_an_upload_is_over(storage, tmp_path):
    data = large(storage)
    first, second = begun(storage, ROOT / "file", data), begun(storage, ROOT / "other", data)
    assert len(kept(tmp_path)) == 4

    storage.commit(first, send(storage, first, data))
    storage.abort(second)

    assert kept(tmp_path) == ["file"]


def test_a_folder_goes_with_the_uploads_that_nobody_sees_in_it(storage):
    storage.make_folder(ROOT / "folder")
    upload = storage.begin(ROOT / "folder" / "file", 4, chunk_size=4)

    storage.delete(ROOT / "folder")

    assert list(storage.list(ROOT)) == []
    assert storage.chunks(upload) == {}
    with pytest.raises(NoSuchFile):
        storage.write_chunk(upload, 0, b"data")


def test_uploads_stay_while_their_folder_is_not_empty(storage):
    storage.make_folder(ROOT / "folder")
    storage.write(ROOT / "folder" / "seen", b"")
    upload = storage.begin(ROOT / "folder" / "file", 4, chunk_size=4)

    with pytest.raises(FolderNotEmpty):
        storage.delete(ROOT / "folder")

    storage.commit(upload, {0: storage.write_chunk(upload, 0, b"data")})
    assert whole(storage, ROOT / "folder" / "file") == b"data"


def test_a_piece_that_the_disk_lost_is_found_out(storage, tmp_path):
    """As after a loss of power: the record is there, and the bytes are not."""
    data = large(storage)
    upload = begun(storage, ROOT / "file", data)
    receipts = send(storage, upload, data)
    (part,) = tmp_path.glob(".vitrine-*.part")
    with part.open("r+b") as file:
        file.seek(upload.chunk_size + 3)
        file.write(b"\0" * 10)

    assert set(storage.chunks(upload)) == {0, 2, 3}
    with pytest.raises(ChecksumMismatch):
        storage.commit(upload, receipts)
    assert kept(tmp_path) == sorted([part.name, part.with_suffix(".known").name])
    storage.commit(upload, receipts | send(storage, upload, data, [1]))
    assert whole(storage, ROOT / "file") == data


@pytest.mark.parametrize("own", ["", "../../etc/passwd", "A" * 32, "0" * 31 + "/"])
def test_the_state_of_an_upload_names_nothing_else(storage, own):
    upload = storage.begin(ROOT / "file", 4, chunk_size=4)
    upload.state["id"] = own

    for use in (storage.abort, storage.chunks, lambda upload: storage.write_chunk(upload, 0, b"data")):
        with pytest.raises(IllegalPath):
            use(upload)


# --- the root -------------------------------------------------------------------------------------------------------


def test_the_root_stays_where_it_is(storage):
    with pytest.raises(IllegalPath):
        storage.delete(ROOT)
    with pytest.raises(IllegalPath):
        storage.rename(ROOT, ROOT / "folder")
    with pytest.raises(NotAFile):
        storage.write(ROOT, b"")


def test_a_root_that_is_not_there_is_an_unmounted_one(tmp_path):
    storage = PosixStorage(root=str(tmp_path / "nothing"))

    with pytest.raises(StorageAway, match="Is it mounted"):
        storage.stat(ROOT)
    (tmp_path / "nothing").mkdir()
    assert list(storage.list(ROOT)) == []


@pytest.mark.parametrize("root", ["", "data", "../data", "~", "/data\0"])
def test_a_root_is_an_absolute_path(root):
    with pytest.raises(InvalidCollection):
        PosixStorage(root=root)
