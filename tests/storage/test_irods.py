"""iRODS, as far as it goes without a server: none can be started here, and nothing plays one.

What is held: names, settings, what is said of errors and replicas. Not that a byte was ever kept on iRODS.
"""

from __future__ import annotations

import hashlib
import socket
from datetime import UTC, datetime
from threading import Thread

import pytest

pytest.importorskip("irods")

from irods.exception import get_exception_by_code
from irods.models import DataObject

from apps.storage.backends.irods import IrodsStorage
from apps.storage.backends.irods_client import in_our_words
from apps.storage.backends.irods_objects import checksum_of, child_of, entry_of, logical_path
from apps.storage.errors import (
    AccessDenied,
    AlreadyThere,
    Changed,
    FolderNotEmpty,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)
from apps.storage.models import Collection
from apps.storage.services import opening
from apps.storage.types import FilePath
from tests.storage.promises.names import HARD
from tests.storage.servers.running import free_port

SETTINGS = {"host": "127.0.0.1", "zone": "tempZone", "username": "alice", "root": "/tempZone/home/alice"}
REFUSED = {"a new line", "a tab", "a bell", "quotes", "a backslash", "not UTF-8"}


@pytest.mark.parametrize("hard", HARD)
def test_a_hard_name_is_kept_or_refused_before_anything_is_asked(hard):
    storage = IrodsStorage(**SETTINGS, port=free_port())

    with pytest.raises(IllegalPath if hard in REFUSED else StorageAway):
        storage.write(FilePath((HARD[hard],)), b"data")


@pytest.mark.parametrize("name", ["a' || = 'b", "it's", "a\\x27b", "a`b", ".vitrine-x.part"])
def test_a_name_that_would_change_a_question_is_refused_on_every_way(name):
    storage, path = IrodsStorage(**SETTINGS, port=free_port()), FilePath(("folder", name))
    other = FilePath(("other",))
    ways = [
        lambda: storage.stat(path),
        lambda: next(storage.list(path)),
        lambda: next(storage.read(path)),
        lambda: storage.write(path, b""),
        lambda: storage.begin(path, 1, chunk_size=1),
        lambda: storage.make_folder(path),
        lambda: storage.delete(path),
        lambda: storage.rename(path, other),
        lambda: storage.copy(path, other),
        lambda: storage.checksum(path, "sha256"),
        lambda: storage.set_modified(path, datetime.now(UTC)),
    ]

    for way in ways:
        with pytest.raises(IllegalPath):
            way()


def test_a_path_stands_below_the_root_and_is_not_too_long():
    root = FilePath.parse("/tempZone/home/alice")

    assert logical_path(root, FilePath()) == "/tempZone/home/alice"
    assert logical_path(root, FilePath(("run 7", "é"))) == "/tempZone/home/alice/run 7/é"
    with pytest.raises(IllegalPath):
        logical_path(root, FilePath(("x" * 250,) * 5))
    assert child_of(root, "x" * 300) is None


@pytest.mark.parametrize("root", ["", "/", "home/alice", "/tempZone/../otherZone", "/tempZone/it's"])
def test_a_root_that_is_none_is_refused(root):
    with pytest.raises(InvalidCollection):
        IrodsStorage(**SETTINGS | {"root": root})


def test_a_certificate_that_is_none_is_refused():
    with pytest.raises(InvalidCollection):
        IrodsStorage(**SETTINGS, ca_certificate="none")


def test_a_collection_on_irods_is_opened_by_its_settings():
    sealed = opening.seal_credentials({"password": "glass-case-42"})
    collection = Collection(kind="irods", settings=SETTINGS | {"port": free_port()}, sealed=sealed, base_path="/run")

    storage, base = opening.open_storage(collection)

    assert (type(storage), base) == (IrodsStorage, FilePath(("run",)))
    storage.close()


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_a_server_that_hangs_up_is_told_as_away(is_encrypted):
    with socket.create_server(("127.0.0.1", 0)) as server:
        storage = IrodsStorage(**SETTINGS, port=server.getsockname()[1], is_encrypted=is_encrypted)
        Thread(target=lambda: server.accept()[0].close(), daemon=True).start()

        with pytest.raises(StorageAway):
            storage.stat(FilePath(("file",)))
    storage.close()


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        (-808000, NoSuchFile),
        (-814000, NoSuchFile),
        (-809000, AlreadyThere),
        (-821000, FolderNotEmpty),
        (-818000, AccessDenied),
        (-826000, SignInFailed),
        (-110000, QuotaExceeded),
        (-515028, QuotaExceeded),
        (-515122, QuotaExceeded),
        (-406000, Changed),
        (-105000, StorageAway),
        (-12000, Unsupported),
    ],
)
def test_what_a_server_answers_is_told_in_our_words(code, ours):
    """The codes are those of the protocol: the last three digits of a failure of a file are the operating system's."""
    with pytest.raises(ours) as told, in_our_words():
        raise get_exception_by_code(code)
    assert type(told.value) is ours


def test_a_checksum_is_read_in_each_way_that_zones_write_it():
    empty = "sha2:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    assert checksum_of(empty) == ("sha256", hashlib.sha256().hexdigest())
    assert checksum_of("d41d8cd98f00b204e9800998ecf8427e") == ("md5", hashlib.md5().hexdigest())
    for told in (None, "", "adler32:00000001", "sha2:not base64"):
        assert checksum_of(told) == ("", "")


def test_a_file_is_told_by_its_first_good_replica():
    at = datetime(2026, 1, 1, tzinfo=UTC)
    names = (DataObject.id, DataObject.size, DataObject.modify_time, DataObject.checksum, DataObject.owner_name)
    row = dict(zip(names, (7, 4, at, "", "alice"), strict=True))
    stale = row | {DataObject.size: 3, DataObject.replica_number: 0, DataObject.replica_status: "0"}
    good = row | {DataObject.replica_number: 1, DataObject.replica_status: "1"}

    entry = entry_of(FilePath(("file",)), [stale, good])

    assert (entry.size, entry.modified_at, entry.version) == (4, at, "7-1767225600-4")
