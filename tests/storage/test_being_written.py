"""Whether somebody has a file open to write it, as the kernel of this machine knows."""

import mmap
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from apps.storage.backends.posix import PosixStorage
from apps.storage.errors import NoSuchFile, NotAFile
from apps.storage.types import FilePath

FILE = FilePath(("file",))
_NFS = 0x6969


@pytest.fixture(params=["on a disk", "in memory"])
def here(request, tmp_path):
    """A folder with a file in it; file systems differ in how they give leases."""
    memory = Path("/dev/shm")
    folder = tmp_path if request.param == "on a disk" else memory / f"vitrine-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    (folder / "file").write_bytes(b"data")
    yield folder
    (folder / "file").unlink(missing_ok=True)
    if folder.is_relative_to(memory):
        folder.rmdir()


@pytest.fixture
def storage(here):
    return PosixStorage(root=str(here))


def test_a_file_is_written_as_long_as_it_is_open_for_that(here, storage):
    for mode in ("ab", "r+b"):
        with (here / "file").open(mode):
            assert storage.being_written(FILE) is True
    with (here / "file").open("rb"):
        assert storage.being_written(FILE) is False


def test_a_file_that_another_process_writes_is_told(here, storage):
    writes = "import sys; file = open(sys.argv[1], 'ab'); print(flush=True); sys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", writes, str(here / "file")], **pipes) as process:
        process.stdout.readline()
        assert storage.being_written(FILE) is True
        process.communicate(b"")

    assert storage.being_written(FILE) is False


def test_a_file_that_is_mapped_to_be_written_is_told_after_it_was_closed(here, storage):
    with (here / "file").open("r+b") as file:
        memory = mmap.mmap(file.fileno(), 4)
    assert storage.being_written(FILE) is True

    memory.close()

    assert storage.being_written(FILE) is False


def test_writers_that_come_meanwhile_are_not_held_up_nor_is_the_portal_ended(here, storage):
    writes = "import sys\nfor _ in range(20_000): open(sys.argv[1], 'ab').close()\nprint('all')"
    with subprocess.Popen([sys.executable, "-c", writes, str(here / "file")], stdout=subprocess.PIPE) as process:
        answers = set()
        while process.poll() is None:
            answers.add(storage.being_written(FILE))
        assert process.stdout.read() == b"all\n"

    assert answers == {True, False}


def test_only_files_are_written(here, storage):
    (here / "link").symlink_to("file")
    (here / "folder").mkdir()

    for name in ("link", "folder"):
        with pytest.raises(NotAFile):
            storage.being_written(FilePath((name,)))
    with pytest.raises(NoSuchFile):
        storage.being_written(FilePath(("nothing",)))
    (here / "link").unlink()
    (here / "folder").rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_it_cannot_be_told_of_files_of_others():
    with TemporaryDirectory(dir="/dev/shm") as folder:
        Path(folder).chmod(0o755)
        Path(folder, "file").touch()

        os.seteuid(65534)
        try:
            assert PosixStorage(root=folder).being_written(FILE) is None
        finally:
            os.seteuid(0)


def test_it_cannot_be_told_where_other_machines_write(storage, monkeypatch):
    monkeypatch.setattr("apps.storage.backends.posix.file_systems.file_system", lambda descriptor: _NFS)

    assert storage.being_written(FILE) is None
    assert storage.watch(FilePath(), is_recursive=True) is None
