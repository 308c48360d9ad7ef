"""The driver of rclone, on rclone's own local files. Drive and Box themselves were not tried."""

import os
import sys
from pathlib import Path

import pytest

from apps.storage.backends.rclone import BoxStorage, DriveStorage, RcloneStorage
from apps.storage.errors import ChecksumMismatch, InvalidCollection, StorageAway
from apps.storage.types import FilePath
from tests.storage.contract import StorageContract
from tests.storage.faults import bend_disk
from tests.storage.servers.running import program


class LocalStorage(RcloneStorage):
    backend = "local"

    def __init__(self, root, **options):
        super().__init__(**options)
        self.root = root


@pytest.fixture(autouse=True)
def _installed_beside_python(monkeypatch):
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")


@pytest.fixture
def local(tmp_path):
    program("rclone", package="rclone")
    root = tmp_path / "root"
    root.mkdir()
    return lambda: LocalStorage(str(root), spool_folder=str(tmp_path))


class TestRclone(StorageContract):
    refuses = frozenset({"not UTF-8", "a new line", "a tab", "a bell"})

    @pytest.fixture
    def storage(self, local):
        return local()

    @pytest.fixture
    def twin(self, local):
        return local()

    @pytest.fixture
    def fault(self, monkeypatch):
        return lambda: bend_disk(monkeypatch)

    @pytest.mark.skip(reason="a process for each of 3,000 files takes minutes")
    def test_a_large_folder_is_listed_whole_and_in_order(self):
        pass


@pytest.mark.parametrize("kind", [DriveStorage, BoxStorage])
def test_a_service_without_credentials_is_away(kind, tmp_path):
    """As far as it goes without an account: the program is started for the service, and what it says is told."""
    program("rclone", package="rclone")

    with pytest.raises(StorageAway, match=kind.backend):
        kind(spool_folder=str(tmp_path)).stat(FilePath(("file",)))


def test_what_the_service_received_otherwise_is_told_so(local, tmp_path, monkeypatch):
    """rclone has no exit code for it, only words. The program says them here for every copy."""
    stand_in = tmp_path / "bin" / "rclone"
    stand_in.parent.mkdir()
    says = "echo 'ERROR : file: corrupted on transfer: sha1 hashes differ' >&2; exit 1"
    real = program("rclone", package="rclone")
    stand_in.write_text(f'#!/bin/sh\ncase "$*" in *copyto*) {says};; esac\nexec {real} "$@"\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}:{os.environ['PATH']}")

    with pytest.raises(ChecksumMismatch):
        local().write(FilePath(("file",)), b"data")


def test_secrets_are_no_arguments(local, monkeypatch, tmp_path):
    """Arguments are shown to everybody on the machine."""
    storage = LocalStorage(str(tmp_path), secret="glass-case-42")
    started = []
    monkeypatch.setattr("subprocess.Popen.__init__", lambda *args, **more: started.append((args[1], more)) or 1 / 0)

    with pytest.raises(ZeroDivisionError):
        storage.stat(FilePath())

    [(command, more)] = started
    assert "glass-case-42" not in " ".join(command)
    assert more["env"]["RCLONE_CONFIG_STORAGE_SECRET"] == "glass-case-42"


def test_a_machine_without_it_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(InvalidCollection, match="Install rclone"):
        DriveStorage()
