"""Every spelling of a path that is meant to lead elsewhere, given to every door that takes one.

Bob may write in ``/inside/`` of a collection full of links out of it. ``/closed/`` is Alice's alone, and what lies
beside the collection nobody's.
"""

from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.transfer import mover
from apps.transfer.models import Task
from tests.storage.hostile import ONLY_OUTSIDE, SECRET, World, _described
from tests.storage.test_posix_hostile import SPELLED_ILL, SPELLED_STRANGELY, THROUGH_LINKS

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED = b"known to Alice alone"
TO_CLOSED = [
    *("/closed/plan", "/closed", "/inside/../closed/plan", "/inside/./../closed/plan", "/inside//../closed/plan"),
    *("/./closed/plan", "//closed/plan", "/~/closed/plan", "/~/inside/../closed/plan", "/inside/%2e%2e/closed/plan"),
    *(
        "/inside/..;/closed/plan",
        "/inside\\..\\closed\\plan",
        "/CLOSED/plan",
        "/closed/plan/",
        "/inside/../../base/closed/plan",
    ),
]
PATHS = [*SPELLED_ILL, *SPELLED_STRANGELY, *THROUGH_LINKS, *TO_CLOSED]
API = "/api/transfer/v0.10"


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.lay_links()
    (world.base / "closed").mkdir()
    (world.base / "closed" / "plan").write_bytes(CLOSED)
    return world


@pytest.fixture
def place(alice, bob, world):
    made = storage.create_collection(actor=alice, name="Hostile", kind="posix", settings={"root": str(world.base)})
    who = identity_urn(accounts.identity_ids_of(bob)[0])
    storage.add_rule(collection=made, actor=alice, principal=who, path=FilePath.parse("/inside"), permissions="rw")
    return made


@pytest.fixture
def ask(bob, token):
    """A request of Bob's: what is answered, whole."""
    browser = Client(raise_request_exception=False)
    browser.force_login(bob)
    bearer = {"Authorization": f"Bearer {token(bob)}"}

    def ask(method, address, body=None, **told):
        if address.startswith("/files/"):
            answer = browser.generic(method, address, body or b"", **told)
        else:
            answer = Client(raise_request_exception=False).generic(
                method, address, json(body), content_type="application/json", headers=bearer
            )
        assert answer.status_code < 500, (method, address, body)
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    return ask


def json(body):
    import json

    return json.dumps(body) if body else ""


def lives(path):
    """As an address writes it, byte by byte."""
    return quote(path.encode(errors="surrogateescape"), safe="/")


def task(kind, place, **told):
    ends = {"endpoint": str(place.pk)} if kind == "delete" else {"source_endpoint": str(place.pk)}
    return {"DATA_TYPE": kind, "destination_endpoint": str(place.pk), **ends, "DATA": [told], "recursive": True}


DOORS = {
    "ls": lambda ask, place, path: ask("GET", f"{API}/operation/endpoint/{place.pk}/ls?path={lives(path)}"),
    "stat": lambda ask, place, path: ask("GET", f"{API}/operation/endpoint/{place.pk}/stat?path={lives(path)}"),
    "mkdir": lambda ask, place, path: ask("POST", f"{API}/operation/endpoint/{place.pk}/mkdir", {"path": path}),
    "rename from": lambda ask, place, path: ask(
        "POST", f"{API}/operation/endpoint/{place.pk}/rename", {"old_path": path, "new_path": "/inside/got"}
    ),
    "rename to": lambda ask, place, path: ask(
        "POST", f"{API}/operation/endpoint/{place.pk}/rename", {"old_path": "/inside/file", "new_path": path}
    ),
    "transfer from": lambda ask, place, path: ask(
        "POST", f"{API}/transfer", task("transfer", place, source_path=path, destination_path="/inside/got/")
    ),
    "transfer to": lambda ask, place, path: ask(
        "POST", f"{API}/transfer", task("transfer", place, source_path="/inside/deep", destination_path=path)
    ),
    "delete": lambda ask, place, path: ask("POST", f"{API}/delete", task("delete", place, path=path)),
    "permission": lambda ask, place, path: ask(
        "POST",
        f"{API}/endpoint/{place.pk}/access",
        {"principal_type": "all_authenticated_users", "principal": "", "path": path, "permissions": "rw"},
    ),
    "get": lambda ask, place, path: ask("GET", f"/files/{place.pk}{lives(path)}"),
    "put": lambda ask, place, path: ask("PUT", f"/files/{place.pk}{lives(path)}", b"mine"),
    "remove": lambda ask, place, path: ask("DELETE", f"/files/{place.pk}{lives(path)}"),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_spelling_leads_out_by_any_door(world, place, ask, door):
    closed = dict(_described(world.base / "closed"))

    for path in PATHS:
        told = DOORS[door](ask, place, path)
        assert not any(word in told for word in (SECRET, CLOSED, ONLY_OUTSIDE.encode())), path
    mover.work(clock=timezone.now)

    assert world.seen_outside() == world.before
    assert dict(_described(world.base / "closed")) == closed
    inside = b"".join(
        one.read_bytes() for one in (world.base / "inside").rglob("*") if one.is_file() and not one.is_symlink()
    )
    assert SECRET not in inside
    assert CLOSED not in inside
    assert not Task.objects.filter(status=Task.Status.ACTIVE, trouble="UNKNOWN").exists()


def test_the_doors_do_open_for_what_is_meant(world, place, ask):
    assert b"harmless" in DOORS["get"](ask, place, "/inside/file")
    DOORS["transfer from"](ask, place, "/inside/file")
    DOORS["delete"](ask, place, "/inside/deep")
    mover.work(clock=timezone.now)

    assert (world.base / "inside" / "got" / "file").read_bytes() == b"harmless"
    assert not (world.base / "inside" / "deep").exists()
