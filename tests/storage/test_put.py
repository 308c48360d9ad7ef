"""Files that are put by HTTPS whole: by whom, on which conditions, and what becomes of those that break off."""

import base64
import hashlib
import socket
import tracemalloc
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from apps.common.errors import PreconditionFailed
from apps.storage import services as storage
from apps.storage.models import Incoming
from apps.storage.services import uploads
from apps.storage.services.conditions import Conditions
from apps.storage.services.receiving import Body
from apps.storage.types import FilePath

pytestmark = pytest.mark.django_db
LARGE = bytes(range(256)) * 4096 * 20
"""Twenty MiB: two chunks and a half."""


@pytest.fixture
def url(shared):
    return lambda path: f"/files/{shared.pk}{path}"


@pytest.fixture
def put(client, bob, url):
    """Bob puts bytes at a path."""
    client.force_login(bob)

    def put(path, data, **headers):
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = "application/octet-stream"
        return client.put(url(path), data, content_type=kind, headers=told, CONTENT_LENGTH=str(len(data)))

    return put


def digest(data, algorithm="sha-256"):
    made = hashlib.new(algorithm.replace("-", ""), data).digest()
    return f"{algorithm}=:{base64.b64encode(made).decode()}:"


def names(root):
    """All that lies there, hidden names too."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


@pytest.mark.parametrize("data", [b"", b"small", LARGE], ids=["empty", "small", "large"])
def test_a_file_is_put_and_replaced_whole(put, client, url, root, data):
    made = put("/open/run7/a b.dat", data)
    again = put("/open/run7/a b.dat", data + b"!")

    assert (made.status_code, again.status_code) == (201, 204)
    assert (root / "open/run7/a b.dat").read_bytes() == data + b"!"
    assert again["ETag"] == client.head(url("/open/run7/a b.dat"))["ETag"] != made["ETag"]
    assert names(root / "open/run7") == ["a b.dat"]
    assert not Incoming.objects.exists()


def test_only_who_may_write_there_puts_and_deletes(put, client, url, root, charlie):
    assert put("/open/x.txt", b"x").status_code == 403
    assert client.delete(url("/open/read me.txt")).status_code == 403
    client.force_login(charlie)
    assert client.put(url("/open/run7/x.txt"), b"x").status_code == 403
    client.logout()
    assert client.put(url("/open/run7/x.txt"), b"x").status_code == 401
    assert client.delete(url("/open/read me.txt")).status_code == 401
    assert names(root / "open") == ["page.html", "read me.txt", "run7"]


def test_anybody_puts_where_a_rule_says_so_and_nowhere_else(client, url, shared, alice, root):
    storage.add_rule(
        collection=shared, actor=alice, principal="public", path=FilePath.parse("/open/run7/"), permissions="rw"
    )

    assert client.put(url("/open/run7/drop.txt"), b"mine").status_code == 201
    assert client.put(url("/open/drop.txt"), b"mine").status_code == 401
    assert client.delete(url("/open/run7/drop.txt")).status_code == 204
    assert names(root / "open/run7") == []


def test_a_page_elsewhere_cannot_put_in_the_name_of_who_is_signed_in_here(url, bob, root, token):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(bob)

    assert browser.put(url("/open/run7/x.txt"), b"x").status_code == 403
    assert browser.delete(url("/open/read me.txt")).status_code == 403
    program = {"Authorization": f"Bearer {token(bob)}"}
    assert Client(enforce_csrf_checks=True).put(url("/open/run7/x.txt"), b"x", headers=program).status_code == 201


def test_a_file_is_put_on_conditions(put, root):
    etag = put("/open/run7/a.txt", b"one", If_None_Match="*")["ETag"]

    assert put("/open/run7/a.txt", b"two", If_None_Match="*").status_code == 412
    assert put("/open/run7/a.txt", b"two", If_Match='"other"').status_code == 412
    assert put("/open/run7/b.txt", b"two", If_Match="*").status_code == 412
    assert put("/open/run7/a.txt", b"two", If_Match=f'"other", {etag}').status_code == 204
    assert put("/open/run7/a.txt", b"three", If_Match=etag).status_code == 412
    assert (root / "open/run7/a.txt").read_bytes() == b"two"


def test_a_condition_is_met_when_the_bytes_have_come_too(shared, bob, root):
    class Slow:
        """Somebody else writes the file while ours comes in."""

        def read(self, size):
            (root / "open/run7/a.txt").write_bytes(b"theirs")
            return b"x" * size

    path, conditions = FilePath.parse("/open/run7/a.txt"), Conditions(if_none_match="*")
    for length in (1, len(LARGE)):
        (root / "open/run7/a.txt").unlink(missing_ok=True)
        with storage.opened(shared, actor=bob) as files, pytest.raises(PreconditionFailed):
            uploads.put(files, path, Body(Slow(), length), actor=bob, conditions=conditions, now=timezone.now())
        assert names(root / "open/run7") == ["a.txt"]
        assert (root / "open/run7/a.txt").read_bytes() == b"theirs"


@pytest.mark.parametrize("data", [b"small", LARGE], ids=["small", "large"])
@pytest.mark.parametrize("algorithm", ["sha-256", "sha-512"])
def test_a_digest_is_compared_before_the_file_is_seen(put, root, data, algorithm):
    wrong = put("/open/run7/a.dat", data, Repr_Digest=digest(data + b"!", algorithm))
    left = names(root / "open/run7")
    right = put("/open/run7/a.dat", data, Repr_Digest=f"md5=:AAAA:, {digest(data, algorithm)}")

    assert (wrong.status_code, wrong.json()["code"], left) == (409, "storage.checksum_mismatch", [])
    assert right.status_code == 201
    assert put("/open/run7/b.dat", data, Content_Digest="md5=:AAAA:").status_code == 400


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/open/run7/", {}, 409),
        ("/open/run7", {}, 409),
        ("/open/run7/none/a.txt", {}, 404),
        ("/open/run7/../x", {}, 400),
        ("/open/run7/.vitrine-x.part", {}, 400),
        ("/open/run7/" + "x" * 256, {}, 400),
        ("/open/run7/a.txt", {"Content_Encoding": "gzip"}, 400),
        ("/open/run7/a.txt", {"Content_Range": "bytes 0-0/1"}, 400),
    ],
)
def test_what_cannot_be_put_is_refused(put, root, path, headers, status):
    assert put(path, b"x", **headers).status_code == status
    assert names(root / "open/run7") == []


def test_a_link_is_not_written_through(put, root):
    (root / "open/run7/way").symlink_to(root / "secret/plan.txt")
    (root / "open/run7/ways").symlink_to(root / "secret")

    assert put("/open/run7/way", b"x").status_code == 409
    assert put("/open/run7/ways/plan.txt", b"x").status_code == 404
    assert (root / "secret/plan.txt").read_text() == "nobody knows"


@pytest.mark.parametrize(
    ("path", "name"), [("%FF%25.txt", "\udcff%.txt"), ("%25FF.txt", "%FF.txt"), ("a%0Ab%3F%23%C3%A9", "a\nb?#é")]
)
def test_hard_names_are_put_given_and_deleted(put, client, url, root, path, name):
    where = url(f"/open/run7/{path}")
    as_gunicorn_tells = {"RAW_URI": f"{where}?download"}

    assert client.put(where, b"x", **as_gunicorn_tells).status_code == 201
    assert names(root / "open/run7") == [name]
    assert b"".join(client.get(where, **as_gunicorn_tells).streaming_content) == b"x"
    assert client.delete(where, **as_gunicorn_tells).status_code == 204
    assert names(root / "open/run7") == []


def test_one_file_is_deleted_on_conditions_and_no_folder(put, client, url, root):
    etag = put("/open/run7/a.txt", b"x")["ETag"]

    assert client.delete(url("/open/run7/a.txt"), headers={"If-Match": '"other"'}).status_code == 412
    assert client.delete(url("/open/run7")).status_code == 409
    assert client.delete(url("/open/run7/none")).status_code == 404
    assert client.delete(url("/open/run7/a.txt"), headers={"If-Match": etag}).status_code == 204
    assert names(root / "open/run7") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("length", "status"),
    [("", b"411"), ("Transfer-Encoding: chunked\r\n", b"411"), ("Content-Length: many\r\n", b"400")],
)
def test_how_many_bytes_will_come_has_to_be_said(server, url, token, bob, root, length, status):
    head = (
        f"PUT {url('/open/run7/a.txt')} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token(bob)}\r\n{length}"
    )

    assert spoken(server, head.encode() + b"Connection: close\r\n\r\n").split()[1] == status
    assert names(root / "open/run7") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [100, 20 << 20])
def test_what_breaks_off_is_never_seen(server, url, token, bob, root, size):
    head = f"PUT {url('/open/run7/a.txt')} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token(bob)}\r\n"
    sent = b"x" * (size - 1)

    answer = spoken(server, f"{head}Content-Length: {size}\r\n\r\n".encode() + sent)

    assert (answer.split()[1], b"storage.incomplete" in answer) == (b"400", True)
    assert names(root / "open/run7") == []
    assert not Incoming.objects.exists()


def spoken(server, request):
    """The answer to bytes on a bare connection, of which our side ends with them."""
    with socket.create_connection((urlsplit(server.url).hostname, urlsplit(server.url).port), timeout=30) as talk:
        talk.sendall(request)
        talk.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: talk.recv(65536), b""))


def test_memory_stays_flat_however_large_the_file_is(shared, alice, root):
    class Zeros:
        def read(self, size):
            return bytes(size)

    path, size = FilePath.parse("/open/large"), 150 << 20
    tracemalloc.start()
    with storage.opened(shared, actor=alice) as files:
        uploads.put(files, path, Body(Zeros(), size), actor=alice, conditions=Conditions(), now=timezone.now())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (root / "open/large").stat().st_size == size
    assert most < 4 * uploads.CHUNK
