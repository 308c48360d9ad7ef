"""Files of a real server of S3: who may read a large one is sent there for it, if the collection says so."""

import pytest
import requests

pytest.importorskip("boto3")

from apps.access.types import group_urn
from apps.storage import services as storage
from apps.storage.backends.s3 import S3Storage
from apps.storage.models import Collection, Incoming
from apps.storage.services import elsewhere
from apps.storage.types import FilePath
from tests.storage.servers.s3 import juicefs

pytestmark = pytest.mark.django_db
LARGE = bytes(range(256)) * 4096


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Settings of a bucket with a large file and a small one."""
    with juicefs(tmp_path_factory.mktemp("juicefs")) as settings:
        s3 = S3Storage(**settings)
        s3.write(FilePath.parse("/open/large été.html"), LARGE)
        s3.write(FilePath.parse("/open/small.txt"), b"small")
        s3.close()
        yield settings


@pytest.fixture
def bucket(admin, server, team):
    """A collection of Alice's, of which the team may write /open/."""
    credentials = {name: server[name] for name in ("access_key", "secret_key")}
    told = {"settings": {name: server[name] for name in ("bucket", "endpoint_url")}, "credentials": credentials}
    made = storage.create_collection(actor=admin, name="Bucket", kind="s3", gives_signed_urls=True, **told)
    open_to_team(made, admin, team, "/open/")
    return made


def open_to_team(collection, alice, team, path):
    told = {"principal": group_urn(team.pk), "path": FilePath.parse(path), "permissions": "rw"}
    storage.add_rule(collection=collection, actor=alice, **told)


@pytest.fixture
def get(client, bob, bucket):
    client.force_login(bob)
    return lambda path, of=bucket, **headers: client.get(f"/files/{of.pk}{path}", headers=headers)


def test_a_large_file_is_fetched_from_the_storage_itself(get, server):
    sent = get("/open/large été.html")
    whole = requests.get(sent["Location"], timeout=30)
    part = requests.get(sent["Location"], headers={"Range": "bytes=256-259"}, timeout=30)

    assert (sent.status_code, sent["Cache-Control"], sent["Referrer-Policy"]) == (307, "no-store", "no-referrer")
    assert sent["Location"].startswith(server["endpoint_url"])
    assert (whole.content == LARGE, part.status_code, part.content) == (True, 206, bytes(range(4)))
    assert whole.headers["Content-Disposition"] == "attachment; filename*=UTF-8''large%20%C3%A9t%C3%A9.html"
    assert requests.get(sent["Location"].replace("large", "smell"), timeout=30).status_code == 403


def test_what_the_portal_knows_or_has_at_once_it_answers_itself(get, client, bucket):
    small, large = get("/open/small.txt"), f"/files/{bucket.pk}/open/large été.html"
    head = client.head(large)

    assert (small.status_code, b"".join(small.streaming_content)) == (200, b"small")
    assert (head.status_code, head["Content-Length"]) == (200, str(len(LARGE)))
    assert client.get(large, headers={"If-None-Match": head["ETag"]}).status_code == 304


@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin"])
def test_what_a_page_loads_is_not_sent_to_another_origin(get, mode):
    assert get("/open/large été.html", **{"Sec-Fetch-Mode": mode}).status_code == 200
    assert get("/open/large été.html", **{"Sec-Fetch-Mode": "navigate"}).status_code == 307


def test_who_may_not_read_the_file_gets_no_address(get, client, bucket, charlie):
    client.force_login(charlie)
    assert get("/open/large été.html").status_code == 403
    client.logout()
    told = get("/open/large été.html")
    assert (told.status_code, "authorize" in told["Location"]) == (302, True)


def test_no_address_is_given_where_the_collection_does_not_say_so(get, bucket, admin, team):
    guest = storage.share_folder(actor=admin, parent=bucket, path=FilePath.parse("/open"), name="Open")
    open_to_team(guest, admin, team, "/")
    assert get("/large été.html", guest).status_code == 200

    storage.change_collection(collection=guest, actor=admin, gives_signed_urls=True)
    assert get("/large été.html", guest).status_code == 307

    storage.change_collection(collection=bucket, actor=admin, gives_signed_urls=False)
    assert {get("/large été.html", guest).status_code, get("/open/large été.html").status_code} == {200}


def test_an_address_is_good_for_some_minutes(get):
    assert f"X-Amz-Expires={elsewhere.SIGNED_S}" in get("/open/large été.html")["Location"]


def test_a_file_is_put_there_whole_and_in_pieces(get, client, bucket, server):
    address, data = f"/files/{bucket.pk}/open/put.dat", LARGE * 9
    assert client.put(address, data, headers={"If-None-Match": "*"}).status_code == 201
    begun = client.post(address, headers={"X-Upload-Content-Length": str(len(data))})
    size = int(begun["X-Goog-Upload-Chunk-Granularity"])
    for start, status in ((0, 308), (size, 204)):
        piece = data[start : start + size]
        told = f"bytes {start}-{start + len(piece) - 1}/{len(data)}"
        assert client.put(begun["Location"], piece, headers={"Content-Range": told}).status_code == status

    assert requests.get(get("/open/put.dat")["Location"], timeout=30).content == data
    assert client.delete(address).status_code == 204
    assert (Incoming.objects.exclude(done_at=None).count(), Collection.objects.count()) == (1, 1)
