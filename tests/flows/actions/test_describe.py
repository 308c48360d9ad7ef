"""The action Describe, in runs of Bob's, who may read a part of a collection."""

import hashlib
import json

import pytest

from apps.flows import engine
from apps.flows.models import Action
from tests.storage.beamline import admin, beamline, root, shared

__all__ = ["admin", "beamline", "root", "shared"]
pytestmark = pytest.mark.django_db
STARTERS = {"starter": ["all_authenticated_users"]}


@pytest.fixture
def describe(start, carry, shared, bob, root):
    def describe(body, *, actor=bob):
        parameters = {"collection_id": str(shared.pk), **body} if "source" not in body else body
        state = {"Type": "Action", "ActionUrl": "/api/actions/describe", "Parameters": parameters, "End": True}
        return carry(start({"Describe": state}, actor=actor, roles=STARTERS))

    return describe


def details(run):
    return Action.objects.get(run=run).details


def test_a_file_is_described(describe, shared, root):
    (root / "open" / "run.json").write_text(json.dumps({"hits": 7}))
    told = details(describe({"source": {"id": str(shared.pk), "path": "/open/run.json"}, "checksums": ["md5"]}))

    assert (told["name"], told["size"], told["format"]) == ("run.json", 11, "json")
    assert told["checksums"] == {"md5": hashlib.md5(b'{"hits": 7}').hexdigest()}
    assert told["contents"]["keys"] == {"hits": "number"}


def test_files_of_a_folder_are_one_document(describe, root):
    for name in ("a.json", "b.json", "c.txt"):
        (root / "open" / "run7" / name).write_text("{}")
    told = details(describe({"path": "/open/", "pattern": "*.json", "recursive": True, "contents": False}))

    assert [one["path"] for one in told["files"]] == ["/open/run7/a.json", "/open/run7/b.json"]
    assert (told["count"], told["size"], told["is_cut"]) == (2, 4, False)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"path": "/secret/plan.txt"}, "may not read /secret/plan.txt"),
        ({"path": "/open/nothing.txt"}, "no file or folder of this name"),
        ({"path": "/open/page.html", "pattern": "*"}, "is a file"),
        ({"path": "/open/../secret"}, "no path of a collection"),
        ({"path": "open"}, "does not match"),
        ({"path": "/open/", "checksums": ["crc"]}, "'crc' is not one of"),
        ({}, "not valid under any"),
    ],
)
def test_what_cannot_be_described_is_said(describe, body, told):
    run = describe(body)

    assert (run.status, run.error_name) == ("FAILED", "ActionUnableToRun")
    assert told in details(run)["message"]


def test_a_stranger_learns_nothing(describe, charlie):
    assert "may not read /open/page.html" in details(describe({"path": "/open/page.html"}, actor=charlie))["message"]


def test_one_that_is_canceled_while_it_reads_stops(start, shared, bob, root, clock, monkeypatch):
    (root / "open" / "long.raw").write_bytes(bytes(3 << 20))
    monkeypatch.setattr("apps.flows.actions.asked.LOOKS_EVERY_S", 0)
    body = {"collection_id": str(shared.pk), "path": "/open/long.raw", "checksums": ["sha256"]}
    state = {"Type": "Action", "ActionUrl": "/api/actions/describe", "Parameters": body, "End": True}
    run = start({"Describe": state}, actor=bob, roles=STARTERS)
    clock.forward(1)
    engine.advance(run.pk, clock, lambda action: None)
    action = Action.objects.get(run=run)

    def read(files, entry, **part):
        Action.objects.filter(pk=action.pk).update(cancel_at=clock())
        yield b"the first piece"

    monkeypatch.setattr("apps.storage.services.files.OpenCollection.read", read)
    engine.perform(action.pk, clock, lambda action: None)

    action.refresh_from_db()
    assert (action.status, action.details["message"]) == ("FAILED", "The action was canceled.")
