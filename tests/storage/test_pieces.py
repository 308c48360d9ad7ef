"""Files that are put in pieces over several requests, by the protocol that ``views.taking`` tells."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.common.errors import Conflict
from apps.storage import services as storage
from apps.storage.errors import Incomplete
from apps.storage.models import Incoming
from apps.storage.services import uploads
from apps.storage.services.receiving import Body, Piece
from apps.storage.tasks import clear_uploads
from apps.storage.types import FilePath

pytestmark = pytest.mark.django_db
CHUNK = uploads.CHUNK
LARGE = b"".join(bytes([number]) * CHUNK for number in range(2)) + b"the end"
END = len(LARGE)


def names(root):
    return sorted(path.name for path in root.iterdir())


class Sender:
    """Sends a file in pieces, as a script would."""

    def __init__(self, client, url):
        self.client, self.url, self.address = client, url, ""

    def begin(self, size=END, **headers):
        told = {"X-Upload-Content-Length": str(size)} | headers
        answer = self.client.post(self.url, headers=told)
        self.address = answer.get("Location", "")
        return answer

    def send(self, start, data, *, total=END, **headers):
        told = {"Content-Range": f"bytes {start}-{start + len(data) - 1}/{total}"} | headers
        return self.client.put(self.address, data, content_type="application/octet-stream", headers=told)

    def ask(self, total=END):
        return self.client.put(self.address, headers={"Content-Range": f"bytes */{total}"}, CONTENT_LENGTH="0")


@pytest.fixture
def folder(root):
    return root / "open" / "run7"


@pytest.fixture
def sender(client, bob, shared):
    client.force_login(bob)
    return Sender(client, f"/files/{shared.pk}/open/run7/a%20b.dat")


def test_a_file_is_sent_in_pieces_and_seen_when_it_is_whole(sender, folder):
    begun = sender.begin()
    first = sender.send(0, LARGE[:CHUNK])
    seen = [one for one in names(folder) if not one.startswith(".")]
    last = sender.send(CHUNK, LARGE[CHUNK:])

    assert (begun.status_code, begun["X-Goog-Upload-Chunk-Granularity"]) == (201, str(CHUNK))
    assert (first.status_code, first["Range"], "Location" in first) == (308, f"bytes=0-{CHUNK - 1}", False)
    assert (seen, last.status_code, names(folder)) == ([], 201, ["a b.dat"])
    assert (folder / "a b.dat").read_bytes() == LARGE
    assert last["ETag"] == sender.client.head(sender.url)["ETag"]


def test_who_lost_an_answer_asks_and_may_send_again(sender, folder):
    sender.begin()
    nothing = sender.ask()
    sender.send(0, LARGE[: CHUNK + 5])
    some = sender.ask()
    again = sender.send(0, LARGE[: 2 * CHUNK])
    done = sender.send(0, LARGE)

    assert (nothing.status_code, "Range" in nothing) == (308, False)
    assert (some["Range"], again["Range"]) == (f"bytes=0-{CHUNK - 1}", f"bytes=0-{2 * CHUNK - 1}")
    assert (done.status_code, (folder / "a b.dat").read_bytes() == LARGE) == (201, True)
    assert (sender.ask().status_code, sender.ask()["ETag"]) == (201, done["ETag"])


@pytest.mark.parametrize("data", [b"", b"small"])
def test_small_files_may_come_so_too(sender, folder, data):
    sender.begin(len(data))
    answer = sender.send(0, data, total=len(data)) if data else sender.ask(0)

    assert (answer.status_code, (folder / "a b.dat").read_bytes()) == (201, data)


@pytest.mark.parametrize(
    ("told", "data", "status"),
    [
        (f"bytes 5-{CHUNK + 4}/{END}", LARGE[:CHUNK], 409),
        (f"bytes 0-9/{END}", b"0123456789", 400),
        (f"bytes 0-9/{END}", b"01234567", 400),
        ("bytes 0-9/10", b"0123456789", 400),
        (f"bytes 9-0/{END}", b"0123456789", 400),
        (f"bytes {END - 9}-{END}/{END}", b"0123456789", 400),
        ("bytes 0-9/*", b"0123456789", 400),
        ("", b"0123456789", 400),
    ],
)
def test_a_piece_that_does_not_fit_is_refused_and_changes_nothing(sender, folder, told, data, status):
    sender.begin()
    answer = sender.client.put(sender.address, data, headers={"Content-Range": told})

    assert answer.status_code == status
    assert "Range" not in sender.ask()
    assert sender.send(0, LARGE).status_code == 201


def test_a_piece_with_a_digest_is_kept_if_it_is_right_or_not_at_all(sender, folder):
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(LARGE[:CHUNK]).digest()).decode()}:"
    sender.begin()
    wrong = sender.send(0, b"!" + LARGE[1:CHUNK], **{"Content-Digest": digest})
    right = sender.send(0, LARGE[:CHUNK], **{"Content-Digest": digest})

    assert (wrong.status_code, wrong.json()["code"]) == (409, "storage.checksum_mismatch")
    assert (right.status_code, right["Range"]) == (308, f"bytes=0-{CHUNK - 1}")
    assert sender.send(CHUNK, LARGE[CHUNK:], **{"Repr-Digest": digest}).status_code == 400
    assert sender.send(CHUNK, LARGE[CHUNK:]).status_code == 201
    assert (folder / "a b.dat").read_bytes() == LARGE


def test_a_piece_that_breaks_off_is_kept_as_far_as_it_came(sender, shared, bob, folder):
    class Broken:
        left = CHUNK + 100

        def read(self, size):
            self.left -= (size := min(size, self.left))
            return bytes(size)

    sender.begin()
    with storage.opened(shared, actor=bob) as files, pytest.raises(Incomplete):
        uploads.go_on(files, Incoming.objects.get(), Piece(0, END, END), Body(Broken(), END), now=timezone.now())

    assert sender.ask()["Range"] == f"bytes=0-{CHUNK - 1}"
    assert sender.send(CHUNK, LARGE[CHUNK:]).status_code == 201


def test_two_requests_that_go_on_with_one_upload_do_not_both_count(sender, shared, bob):
    sender.begin()
    late = Incoming.objects.get()
    sender.send(0, LARGE[:CHUNK])

    class Zeros:
        def read(self, size):
            return bytes(size)

    with storage.opened(shared, actor=bob) as files, pytest.raises(Conflict):
        uploads.go_on(files, late, Piece(0, CHUNK, END), Body(Zeros(), CHUNK), now=timezone.now())
    assert sender.ask()["Range"] == f"bytes=0-{CHUNK - 1}"


def test_rights_are_asked_for_each_piece(sender, client, shared, alice, bob, charlie):
    sender.begin()
    client.force_login(alice)
    assert sender.send(0, LARGE[:CHUNK]).status_code == 404  # she may write there, and it is Bob's upload
    client.force_login(charlie)
    assert sender.ask().status_code == 403
    client.force_login(bob)
    for rule in shared.rules.all():
        storage.remove_rule(rule=rule, actor=alice)

    assert sender.send(0, LARGE[:CHUNK]).status_code == 403
    assert sender.begin().status_code == 403


def test_conditions_are_kept_to_the_end(sender, folder):
    sender.begin(**{"If-None-Match": "*"})
    sender.send(0, LARGE[:CHUNK])
    (folder / "a b.dat").write_text("theirs")

    assert sender.send(CHUNK, LARGE[CHUNK:]).status_code == 412
    assert (names(folder), (folder / "a b.dat").read_text()) == (["a b.dat"], "theirs")
    assert sender.ask().status_code == 404
    assert sender.begin(**{"If-None-Match": "*"}).status_code == 412


def test_an_upload_is_given_up(sender, client, folder):
    sender.begin()
    sender.send(0, LARGE[:CHUNK])

    assert client.delete(sender.address).status_code == 204
    assert (names(folder), sender.ask().status_code, client.delete(sender.address).status_code) == ([], 404, 404)
    assert client.put(f"{sender.url}?upload=none", b"x").status_code == 404


def test_what_nobody_goes_on_with_is_cleared_after_a_week(sender, folder):
    sender.begin()
    sender.send(0, LARGE[:CHUNK])
    clear_uploads()
    assert sender.ask().status_code == 308

    Incoming.objects.update(heard_at=timezone.now() - uploads.KEPT - timedelta(minutes=1))
    clear_uploads()

    assert (names(folder), Incoming.objects.count()) == ([], 0)


def test_what_cannot_be_cleared_now_is_cleared_later(sender, root, caplog):
    sender.begin()
    Incoming.objects.update(heard_at=timezone.now() - uploads.KEPT - timedelta(minutes=1))
    root.rename(root.with_name("away"))
    clear_uploads()
    assert (Incoming.objects.count(), "cannot be given up now" in caplog.text) == (1, True)

    root.with_name("away").rename(root)
    clear_uploads()
    assert Incoming.objects.count() == 0


def test_nobody_begins_more_than_they_will_finish(sender, client, alice):
    for _ in range(uploads.MOST_AT_ONCE):
        assert sender.begin(10).status_code == 201
    assert sender.begin(10).status_code == 429

    client.force_login(alice)
    assert sender.begin(10).status_code == 201


def test_a_collection_that_is_deleted_leaves_nothing_half(sender, shared, alice, folder):
    sender.begin()
    sender.send(0, LARGE[:CHUNK])

    storage.delete_collection(collection=shared, actor=alice)

    assert names(folder) == []


def test_somebody_who_has_not_signed_in_sends_pieces_where_a_rule_says_so(sender, client, shared, alice, folder):
    client.logout()
    assert sender.begin().status_code == 401
    told = {"principal": "public", "path": FilePath.parse("/open/run7/"), "permissions": "rw"}
    storage.add_rule(collection=shared, actor=alice, **told)

    assert [sender.begin().status_code, sender.send(0, LARGE).status_code] == [201, 201]
    assert (folder / "a b.dat").read_bytes() == LARGE
