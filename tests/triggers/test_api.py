"""The API of triggers, as programs have it."""

import json

import pytest
from rest_framework.test import APIClient

from apps.triggers.models import Trigger
from tests.search.conftest import api
from tests.triggers.test_happenings import signed

__all__ = ["api"]
AT = "/api/triggers/triggers"


@pytest.fixture
def ask(api):
    """Ask in somebody's name (None: nobody); the answer, which must have the status."""

    def ask(user, method, path="", body=None, *, status=200):
        answer = getattr(api(user), method)(f"{AT}{path}", body, format="json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    return ask


@pytest.fixture
def document(beamline, flow):
    watched = {"kind": "files", "collection_id": str(beamline.pk), "path": "/raw/", "pattern": "chip_{chip}/*.cbf"}
    watched["batch"] = {"count": 512, "group_by": ["chip"], "quiet_s": 60}
    body = {"body": {"word.$": "$.first.name"}}
    return {"name": "Chips", "watched": watched, "flow_id": str(flow.pk), "body": body, "most_at_once": 2}


def test_a_trigger_is_made_begun_paused_and_deleted(ask, alice, document):
    made = ask(alice, "post", "", document, status=201)
    one = f"/{made['id']}"
    assert (made["state"], made["watched"]["batch"], made["most_at_once"]) == (
        "paused",
        document["watched"]["batch"],
        2,
    )
    assert ask(alice, "post", f"{one}/begin")["state"] == "active"
    assert [told["id"] for told in ask(alice, "get")["triggers"]] == [made["id"]]
    assert ask(alice, "post", f"{one}/pause")["state"] == "paused"
    ask(alice, "delete", one, status=204)
    ask(alice, "get", one, status=404)


def test_what_is_told_of_a_trigger_may_be_sent_back_to_change_it(ask, alice, document):
    made = ask(alice, "post", "", document, status=201)
    changed = {name: made[name] for name in document} | {"name": "Other", "most_per_hour": 9}
    told = ask(alice, "put", f"/{made['id']}", changed)

    assert (told["name"], told["watched"], told["most_per_hour"]) == ("Other", made["watched"], 9)
    assert Trigger.objects.get().revision == 1


def test_nobody_but_its_owner_knows_of_a_trigger(ask, alice, bob, document):
    one = f"/{ask(alice, 'post', '', document, status=201)['id']}"

    assert ask(bob, "get")["triggers"] == []
    for method, rest in (("get", ""), ("put", ""), ("delete", ""), ("post", "/begin"), ("post", "/pause")):
        ask(bob, method, one + rest, {}, status=404)
        ask(None, method, one + rest, {}, status=401)
    for rest in ("/firings", "/files"):
        ask(bob, "get", one + rest, status=404)


def test_all_that_is_wrong_is_told_by_its_place(ask, alice, document):
    document["watched"] |= {"path": "raw", "settle_s": -1, "batch": {"count": 0}, "patern": "*"}
    told = ask(alice, "post", "", {**document, "name": "", "flow_id": "x"}, status=422)

    places = {fault["place"] for fault in told["faults"]}
    assert places == {
        *("name", "flow_id", "watched.path", "watched.settle_s", "watched.batch.count", "watched.patern"),
    }


def test_a_pattern_that_is_none_is_told_by_its_place(ask, alice, document):
    document["watched"]["pattern"] = "chip_{chip"
    told = ask(alice, "post", "", document, status=422)

    assert told["faults"] == [{"place": "watched.pattern", "message": told["message"]}]


def test_a_trigger_is_tried_before_it_is_made(ask, alice, document):
    sample = {"paths": ["/raw/chip_A/1.cbf", "/raw/2.cbf"]}
    told = ask(alice, "post", "/try", {"trigger": document, "sample": sample})

    assert (told["taken"], told["ignored"], told["starts"]["body"]) == (1, 1, {"word": "1.cbf"})
    assert told["facts"]["groups"] == {"chip": "A"}
    assert not Trigger.objects.exists()


def test_a_message_is_taken_once(ask, alice, flow):
    document = {"name": "M", "watched": {"kind": "message"}, "flow_id": str(flow.pk), "body": {}}
    one = f"/{ask(alice, 'post', '', document, status=201)['id']}"
    first = ask(alice, "post", f"{one}/messages", {"id": "7", "body": {"word": "hi"}}, status=202)
    again = ask(alice, "post", f"{one}/messages", {"id": "7", "body": {"word": "hi"}})

    assert again["id"] == first["id"]
    assert [firing["facts"] for firing in ask(alice, "get", f"{one}/firings")["firings"]] == [{"body": {"word": "hi"}}]


def test_a_webhook_needs_no_token_but_a_signature(ask, alice, flow, clock):
    document = {"name": "W", "watched": {"kind": "webhook"}, "flow_id": str(flow.pk), "body": {}}
    made = ask(alice, "post", "", document, status=201)
    body, url = json.dumps({"word": "hi"}), f"{AT}/{made['id']}/webhook"
    headers = signed(made["secret"], body, clock)
    right = APIClient().post(url, body, content_type="application/json", headers=headers)
    unsigned = APIClient().post(url, body, content_type="application/json")
    nowhere = APIClient().post(f"{AT}/nonsense/webhook", body, content_type="application/json", headers=headers)

    assert (right.status_code, right.json()) == (202, {"is_new": True})
    assert (unsigned.status_code, nowhere.status_code) == (401, 401)
    assert "secret" not in ask(alice, "get", f"/{made['id']}")


def test_lists_are_read_page_by_page(ask, alice, document):
    for number in range(3):
        ask(alice, "post", "", {**document, "name": str(number)}, status=201)
    first = ask(alice, "get", "?limit=2")
    rest = ask(alice, "get", f"?marker={first['marker']}")

    assert [one["name"] for one in first["triggers"] + rest["triggers"]] == ["0", "1", "2"]
    assert rest["marker"] is None


@pytest.mark.parametrize("rubbish", [None, [], "x", 7, {"watched": []}, {"watched": {"kind": []}}])
def test_rubbish_is_refused(ask, alice, rubbish):
    for path in ("", "/try"):
        answer = ask(alice, "post", path, rubbish, status=422)
        assert answer["faults"]
