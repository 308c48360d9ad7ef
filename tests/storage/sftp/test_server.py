"""What SFTP alone asks for: the server's key, links that it follows by itself, connections that are lost."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from apps.storage.errors import (
    AccessDenied,
    ChecksumMismatch,
    IllegalPath,
    InvalidCollection,
    NotAFile,
    NotAFolder,
    QuotaExceeded,
    StorageAway,
)
from apps.storage.types import EntryKind, FilePath
from tests.storage.servers.ssh import ssh_server

FILE = FilePath(("file",))


def test_no_server_is_trusted_without_its_key(open_storage):
    with pytest.raises(InvalidCollection, match="ssh-keyscan -p"):
        open_storage(host_key="")


def test_the_room_is_that_of_the_disk(open_storage, tmp_path):
    near = shutil.disk_usage(tmp_path).free

    assert open_storage().free_bytes(FilePath()) == pytest.approx(near, rel=0.1)


def test_a_server_with_another_key_is_refused(open_storage, tmp_path):
    subprocess.run(["ssh-keygen", "-qt", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
    storage = open_storage(host_key=(tmp_path / "other.pub").read_text())

    with pytest.raises(InvalidCollection, match="not the pinned one"):
        storage.stat(FILE)


def test_the_key_is_taken_as_keyscan_prints_it(open_storage, server):
    scanned = subprocess.run(
        ["ssh-keyscan", "-p", str(server.settings["port"]), "127.0.0.1"], capture_output=True, text=True, check=True
    )

    assert open_storage(host_key=scanned.stdout).stat(FilePath()).is_folder


@pytest.mark.parametrize("host_key", ["rubbish", "ssh-ed25519 AAAA", "127.0.0.1 ssh-ed25519 ####"])
def test_a_key_that_is_none_is_told(open_storage, host_key):
    with pytest.raises(InvalidCollection, match="host_key: This is no host key"):
        open_storage(host_key=host_key)


def test_a_private_key_that_is_none_is_told(open_storage):
    with pytest.raises(InvalidCollection, match="private_key: "):
        open_storage(private_key="rubbish")


def test_a_link_is_told_and_not_followed(open_storage, tmp_path):
    storage = open_storage()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "root" / "file").symlink_to("../secret")

    entry = storage.stat(FILE)

    assert (entry.kind, entry.target) == (EntryKind.LINK, "../secret")
    assert list(storage.list(FilePath())) == [entry]
    with pytest.raises(NotAFile):
        next(storage.read(FILE))
    storage.write(FILE, b"mine")
    assert (tmp_path / "secret").read_text() == "secret"


@pytest.mark.parametrize(
    "verb", ["stat", "list", "read", "write", "make_folder", "make_link", "delete", "rename", "begin"]
)
def test_a_link_on_the_way_is_not_followed(open_storage, tmp_path, verb):
    storage = open_storage()
    (tmp_path / "outside" / "deep").mkdir(parents=True)
    (tmp_path / "outside" / "deep" / "file").write_text("secret")
    (tmp_path / "root" / "link").symlink_to("../outside")
    path = FilePath(("link", "deep", "file"))
    more = {"write": [b""], "rename": [FILE], "begin": [1], "make_link": ["file"]}.get(verb, [])

    with pytest.raises(NotAFolder, match="leads elsewhere"):
        _run(getattr(storage, verb), path, *more)
    with pytest.raises(NotAFolder):
        next(storage.list(FilePath(("link",))))

    assert [entry.name for entry in (tmp_path / "outside" / "deep").iterdir()] == ["file"]


def _run(verb, path, *more):
    answer = verb(path, *more, chunk_size=1) if verb.__name__ == "begin" else verb(path, *more)
    if hasattr(answer, "__next__"):
        next(answer)


def test_nothing_is_moved_to_where_a_link_leads(open_storage, tmp_path):
    storage = open_storage()
    (tmp_path / "outside").mkdir()
    (tmp_path / "root" / "link").symlink_to("../outside")
    storage.write(FILE, b"data")

    with pytest.raises(NotAFolder):
        storage.rename(FILE, FilePath(("link", "file")))

    assert list((tmp_path / "outside").iterdir()) == []


def test_a_pipe_is_told_and_never_opened(open_storage, tmp_path):
    storage = open_storage()
    os.mkfifo(tmp_path / "root" / "file")

    assert storage.stat(FILE).kind is EntryKind.OTHER
    with pytest.raises(NotAFile):
        next(storage.read(FILE))


def test_what_the_account_may_not_do_is_told(open_storage, tmp_path):
    with ssh_server(tmp_path, options="-R") as read_only:
        storage = open_storage(**read_only.settings, **read_only.credentials)

        with pytest.raises(AccessDenied):
            storage.make_folder(FILE)
        storage.close()


def test_what_finds_no_room_is_refused_before_it_is_sent(open_storage, root):
    with pytest.raises(QuotaExceeded):
        open_storage().begin(FILE, 2**60, chunk_size=2**50)

    assert list(root.iterdir()) == []


def _end_connections(server):
    """As a firewall ends them: sshd's children for these connections go, the server stays."""
    for children in Path(f"/proc/{server.pid}/task").glob("*/children"):
        for child in children.read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)


def test_a_connection_lost_meanwhile_is_made_anew(open_storage, server):
    storage = open_storage()
    storage.write(FILE, b"data")

    _end_connections(server)

    assert _patiently(lambda: storage.stat(FILE).size) == 4


def _patiently(ask):
    """The first question may come before the news that the connection is lost; the next finds a new one."""
    try:
        return ask()
    except StorageAway:
        return ask()


def test_a_connection_lost_while_reading_is_told(open_storage, server):
    storage = open_storage()
    storage.write(FILE, b"x" * 30_000_000)
    pieces = storage.read(FILE)
    next(pieces)

    _end_connections(server)

    with pytest.raises(StorageAway):
        list(pieces)
    assert storage.stat(FILE).size == 30_000_000


def test_a_folder_may_be_walked_while_its_files_are_read(open_storage):
    """Each open listing has a connection of its own."""
    storage = open_storage()
    for name in "abc":
        storage.write(FilePath((name,)), name.encode())

    assert [b"".join(storage.read(entry.path)) for entry in storage.list(FilePath())] == [b"a", b"b", b"c"]


def test_hidden_files_of_an_upload_have_no_name(open_storage, tmp_path):
    storage = open_storage()
    upload = storage.begin(FILE, 3, chunk_size=3)
    storage.write_chunk(upload, 0, b"abc")
    hidden = [FilePath((entry.name,)) for entry in (tmp_path / "root").iterdir()]

    for path in hidden:
        with pytest.raises(IllegalPath):
            storage.stat(path)

    assert len(hidden) == 2
    storage.abort(upload)
    assert list((tmp_path / "root").iterdir()) == []


def test_what_changed_on_the_server_is_found_out_by_reading_it_back(open_storage, root):
    storage = open_storage()
    upload = storage.begin(FILE, 3, chunk_size=3)
    receipts = {0: storage.write_chunk(upload, 0, b"abc")}
    (part,) = [file for file in root.iterdir() if file.read_bytes() == b"abc"]
    part.write_bytes(b"abX")

    with pytest.raises(ChecksumMismatch):
        storage.commit(upload, receipts)
    assert not (root / "file").exists()
    assert storage.commit(upload, receipts, verify=False).size == 3
