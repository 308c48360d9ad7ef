"""Sums that the server computes: asked for exactly, believed when they agree, done without where there are none."""

import os

import pytest

from apps.storage.backends.sftp_sums import UNIT, Sums
from apps.storage.errors import ChecksumMismatch
from apps.storage.types import FilePath, chunks_of
from tests.storage.servers.ssh import ssh_server

DATA = os.urandom(5 * UNIT // 2)
FILE = FilePath(("file",))
HARD = [
    "a b",
    "'",
    "it's",
    '"$HOME"',
    "`id`",
    "$(id)",
    "a\nb\n",
    "\\",
    "-n",
    "*",
    "#;&|<>",
    "~",
    "\udcff\udc80",
    "é",
    "x" * 200,
]


@pytest.fixture
def answers(monkeypatch):
    """What is said of sums, each time."""
    said, agree = [], Sums.agree

    def listen(self, *asked):
        said.append(agree(self, *asked))
        return said[-1]

    monkeypatch.setattr(Sums, "agree", listen)
    return said


def sent(storage, path=FILE, *, waits=True):
    """A large file on its way, all of whose pieces are there, and of which the server can tell the sums."""
    upload = storage.begin(path, len(DATA), chunk_size=UNIT)
    pieces = list(chunks_of(upload.size, upload.chunk_size))
    receipts = {number: storage.write_chunk(upload, number, DATA[at : at + size]) for number, at, size in pieces}
    while waits and not storage._sums.is_ready:
        storage.stat(FilePath())
    return upload, receipts


@pytest.mark.parametrize("name", HARD)
def test_the_server_sums_files_and_folders_of_any_name(open_storage, root, answers, name):
    storage = open_storage()
    storage.make_folder(folder := FilePath((name,)))

    storage.commit(*sent(storage, folder / name))

    assert answers == [True]
    assert b"".join(storage.read(folder / name)) == DATA
    assert len(list(root.iterdir())) == 1


def test_one_shell_serves_several_files(open_storage, answers):
    storage = open_storage()

    for name in "abc":
        storage.commit(*sent(storage, FilePath((name,))))

    assert answers == [True] * 3


def test_what_was_changed_on_the_server_is_found_out(open_storage, root, answers):
    storage = open_storage()
    upload, receipts = sent(storage)
    (part,) = [file for file in root.iterdir() if file.stat().st_size == len(DATA)]
    part.write_bytes(DATA[:-1] + bytes([DATA[-1] ^ 1]))

    with pytest.raises(ChecksumMismatch):
        storage.commit(upload, receipts)
    assert answers == [False]


def test_nothing_is_run_where_it_is_off(open_storage, answers):
    storage = open_storage(runs_commands=False)

    storage.commit(*sent(storage, waits=False))

    assert (answers, storage._sums._shell) == ([False], None)


def test_a_server_that_gives_files_alone_is_read_back(open_storage, tmp_path, answers):
    with ssh_server(tmp_path, more="ForceCommand internal-sftp") as plain:
        storage = open_storage(**plain.settings, **plain.credentials)

        assert storage.commit(*sent(storage, waits=False)).size == len(DATA)
        storage.close()
    assert answers == [False]


def test_a_shell_that_ends_is_done_without(open_storage, answers):
    storage = open_storage()
    upload, receipts = sent(storage)
    storage._sums._shell.sendall(b"exit\n")

    storage.commit(upload, receipts)
    storage.commit(*sent(storage, FilePath(("other",)), waits=False))

    assert answers == [False, False]
    assert b"".join(storage.read(FILE)) == DATA


def test_a_server_that_says_something_else_first_is_not_believed(open_storage, answers):
    storage = open_storage()
    upload, receipts = sent(storage)
    storage._sums._come = b"Welcome!\n"

    assert storage.commit(upload, receipts).size == len(DATA)
    assert answers == [False]
