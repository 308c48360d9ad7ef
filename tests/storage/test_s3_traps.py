"""Keys that only an object store has, and servers that look at nothing: on moto, which keeps all as it is."""

from __future__ import annotations

import logging
import os
import urllib.request

import pytest

pytest.importorskip("boto3")

from apps.storage.backends import object_listing, s3_uploads
from apps.storage.backends.s3 import S3Storage
from apps.storage.errors import (
    ChecksumMismatch,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    NotAFile,
    StorageAway,
)
from apps.storage.types import EntryKind, FilePath
from tests.storage.faults import bend_s3
from tests.storage.promises.writing import LONG_AGO
from tests.storage.servers.s3 import moto

TRICKS = ("/rooted", "a//b", "a/../../etc/passwd", "../up", "a/./b", ".", "..", "a/..", "//", "x" * 300)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with moto(tmp_path_factory.mktemp("moto")) as settings:
        yield settings


@pytest.fixture
def storage(server):
    storage = S3Storage(**server)
    yield storage
    for page in storage._pages():
        for found in page.get("Contents", ()):
            storage.s3.call("delete_object", Key=found["Key"])
    storage.close()


@pytest.fixture
def put(storage):
    return lambda key, data=b"x": storage.s3.call("put_object", Key=key, Body=data)


def names(entries):
    return [(entry.path.name, entry.kind.value) for entry in entries]


def test_keys_that_are_no_paths_are_left_out_and_counted(storage, put, caplog):
    for key in (*TRICKS, "a/good", "z"):
        put(key)

    with caplog.at_level(logging.WARNING):
        root, inside = names(storage.list(FilePath())), names(storage.list(FilePath(("a",))))

    assert root == [("a", "folder"), ("z", "file")]
    assert inside == [("good", "file")]
    assert "5 entries in / have names that no path can have" in caplog.text
    assert "4 entries in /a have" in caplog.text


@pytest.mark.parametrize("key", TRICKS)
def test_keys_that_are_no_paths_cannot_be_named(storage, put, key):
    put(key, b"secret")

    with pytest.raises(IllegalPath):
        storage.stat(FilePath.parse(f"/{key}"))


def test_a_file_and_a_folder_of_one_name_are_both_told(storage, put):
    for key in ("both", "both/child", "both-", "both.txt"):
        put(key)

    assert names(storage.list(FilePath())) == [
        ("both", "file"),
        ("both", "folder"),
        ("both-", "file"),
        ("both.txt", "file"),
    ]
    assert names(storage.list(FilePath(("both",)))) == [("child", "file")]
    assert storage.stat(FilePath(("both",))).kind is EntryKind.FILE


def test_a_marker_is_a_folder_even_with_data_in_it(storage, put):
    put("marked/", b"data")

    folder = FilePath(("marked",))
    assert storage.stat(folder).is_folder
    assert list(storage.list(folder)) == []
    with pytest.raises(NotAFile):
        next(storage.read(folder))


def test_a_large_folder_in_order_holds_few_names_back(storage, put, monkeypatch):
    monkeypatch.setattr(object_listing, "MOST_HELD", 3)
    keys = ["img/deep", "run/deep", "run-1/deep", *(f"img-{n}" for n in range(9)), *(f"run.{n}" for n in range(9))]
    for key in keys:
        put(key)

    listed = [entry.path.name for entry in storage.list(FilePath())]

    assert listed == sorted({key.split("/")[0] for key in keys})


def test_a_listing_goes_on_from_page_to_page(storage, put):
    for number in range(12):
        put(f"{number:02}/file")

    pages = list(storage._pages(Delimiter="/", MaxKeys=5))

    assert [len(page["CommonPrefixes"]) for page in pages] == [5, 5, 2]


@pytest.mark.parametrize("verb", ["write", "write_chunk"])
def test_what_a_server_did_not_keep_is_met_by_its_etag(storage, verb):
    """moto takes a wrong digest without a word; what comes back is compared again."""
    upload = storage.begin(FilePath(("file",)), 4, chunk_size=1)
    bend_s3(storage, least=1)

    with pytest.raises(ChecksumMismatch):
        storage.write(FilePath(("file",)), b"data") if verb == "write" else storage.write_chunk(upload, 0, b"data")
    with pytest.raises(NoSuchFile):
        storage.stat(FilePath(("file",)))


def test_a_time_given_at_the_beginning_needs_no_copy(storage, monkeypatch):
    monkeypatch.setattr(storage, "copy_object", pytest.fail)
    upload = storage.begin(FilePath(("file",)), 4, chunk_size=1, modified_at=LONG_AGO)

    entry = storage.commit(upload, {0: storage.write_chunk(upload, 0, b"data")}, modified_at=LONG_AGO)

    assert entry.modified_at == LONG_AGO


def test_a_time_that_nobody_can_read_is_none(storage):
    storage.s3.call("put_object", Key="file", Body=b"", Metadata={"mtime": "yesterday"})

    assert storage.stat(FilePath(("file",))).modified_at.year >= 2026


def test_a_huge_object_is_copied_in_parts(storage, monkeypatch):
    monkeypatch.setattr(s3_uploads, "LARGEST_COPY", 5 << 20)
    monkeypatch.setattr(s3_uploads, "COPIED_PART", 5 << 20)
    data = bytes(range(256)) * (11 << 12)
    storage.write(FilePath(("file",)), data, modified_at=LONG_AGO)

    entry = storage.copy(FilePath(("file",)), FilePath(("copy",)))

    assert entry.version.endswith("-3")
    assert entry.modified_at == LONG_AGO
    assert b"".join(storage.read(FilePath(("copy",)))) == data


def test_a_signed_address_is_a_download_under_its_name(storage):
    storage.write(FilePath(("page.html",)), b"<script>")

    url = storage.signed_url(FilePath(("page.html",)), seconds=60, filename='a "é.html')

    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"<script>"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20%22%C3%A9.html"


def test_a_public_bucket_is_asked_without_the_keys_of_the_machine(storage, server, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "machine")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "machine")
    anybody = S3Storage(bucket=server["bucket"], endpoint_url=server["endpoint_url"])
    sent = []
    anybody.s3.boto.meta.events.register("before-send.s3", lambda request, **_: sent.append(dict(request.headers)))

    assert list(anybody.list(FilePath())) == []
    assert "Authorization" not in sent[0]
    assert anybody.signed_url(FilePath(("file",)), seconds=60, filename="file") is None
    anybody.close()


def test_a_bucket_that_is_not_there_is_named(server):
    storage = S3Storage(**server | {"bucket": "nothing"})

    with pytest.raises(InvalidCollection, match="“nothing”"):
        next(storage.list(FilePath()))
    storage.close()


def test_a_process_that_was_forked_makes_a_client_of_its_own(storage):
    storage.write(FilePath(("file",)), b"data")
    before = storage.s3.boto

    child = os.fork()
    if not child:
        is_well = storage.stat(FilePath(("file",))).size == 4 and storage.s3.boto is not before
        os._exit(0 if is_well else 1)

    assert os.waitpid(child, 0)[1] == 0
    assert storage.s3.boto is before


def test_a_server_that_fails_is_away(storage, monkeypatch):
    answer = {"Error": {"Code": "Strange"}, "ResponseMetadata": {"HTTPStatusCode": 503}}

    assert isinstance(storage.s3._refused(answer), StorageAway)


def test_what_is_written_while_a_folder_moves_is_not_lost(storage, monkeypatch):
    storage.write(FilePath(("old", "a")), b"a")
    copy = S3Storage.copy_object

    def copied(self, source, target, **told):
        copy(self, source, target, **told)
        self.write(FilePath(("old", "late")), b"late")

    monkeypatch.setattr(S3Storage, "copy_object", copied)
    storage.rename(FilePath(("old",)), FilePath(("new",)))

    assert [entry.path.name for entry in storage.list(FilePath(("old",)))] == ["late"]
    assert [entry.path.name for entry in storage.list(FilePath(("new",)))] == ["a"]
