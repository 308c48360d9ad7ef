"""NDJSON both ways: an export of every hit, and an ingest that is read line by line as it comes."""

import json
import socket

import pytest

from apps.search.models import Entry, Task
from tests.search.conftest import drained, entry

NDJSON = "application/x-ndjson"


def line(subject, **more):
    return json.dumps({"subject": subject, "visible_to": ["public"], "content": {"title": subject}} | more)


@pytest.fixture
def send(api, alice, v1):
    def send(body, query="", user=alice):
        return api(user).post(f"{v1('ingest')}{query}", body, content_type=NDJSON)

    return send


@pytest.fixture
def export(api, v1):
    """The records of an export, which must be NDJSON."""

    def export(question, user=None):
        client = api(user)
        if isinstance(question, str):
            answer = client.get(f"{v1('search')}?format=ndjson&{question}")
        else:
            answer = client.post(f"{v1('search')}?format=ndjson", question, format="json")
        assert (answer.status_code, answer["Content-Type"]) == (200, NDJSON)
        return [json.loads(each) for each in b"".join(answer.streaming_content).splitlines()]

    return export


def subjects(records):
    return [one["subject"] for one in records]


# --- out -----------------------------------------------------------------------------------------------------------


def test_an_export_holds_every_hit_whatever_the_limit(export, put, monkeypatch):
    monkeypatch.setattr("apps.search.services.finding.EXPORT_PAGE", 7)
    put(*(entry(f"e/{at:03}", title="word" if at % 2 else "other") for at in range(50)))

    assert subjects(export("limit=3")) == [f"e/{at:03}" for at in range(50)]
    assert subjects(export({"q": "word"})) == [f"e/{at:03}" for at in range(1, 50, 2)]
    assert export("q=nothing") == []


def test_an_export_is_of_what_one_sees(export, shelf, alice, bob):
    assert subjects(export("q=lysozyme")) == ["sub/1", "sub/2"]
    assert subjects(export("q=lysozyme", bob)) == ["sub/1", "sub/2", "sub/4"]
    assert [len(one["entries"]) for one in export("q=thaumatin", alice)] == [2]


def test_an_export_may_hold_chosen_fields(export, shelf):
    [one] = export("q=dry&fields=rate")

    assert one["entries"][0]["content"] == {"rate": 2.5}


def test_what_is_wrong_with_an_export_is_said_before_it_begins(api, v1, index):
    answer = api().get(f"{v1('search')}?format=ndjson&q=title:(&advanced=1")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")


def test_what_was_exported_can_be_ingested_elsewhere(export, send, shelf, alice):
    lines = [
        json.dumps({"subject": f"copy/{at}", "visible_to": ["public"], "content": each["content"]})
        for at, one in enumerate(export("q=*"))
        for each in one["entries"]
    ]

    drained(Task.objects.get(pk=send("\n".join(lines)).json()["task_id"]))

    assert len(subjects(export("filter.kind=run"))) == 4


# --- in ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n \n"])
def test_lines_are_entries(send, index, end):
    answer = send(f"{line('a')}\r\n\n{line('b')}\n{line('b', id='more')}{end}")
    task = drained(Task.objects.get(pk=answer.json()["task_id"]))

    assert answer.json()["acknowledged"] is True
    assert (task.state, task.documents, task.done) == ("SUCCESS", 3, 3)
    assert set(Entry.objects.values_list("subject", "entry_id")) == {("a", ""), ("b", ""), ("b", "more")}


def test_a_bad_line_is_told_with_its_number_and_does_not_take_the_others_with_it(send, api, alice, index):
    lines = [line("a"), "{rubbish", line("b", visible_to=["all"]), line("c"), line("d", contents={}), '"text"']
    answer = send("\n".join(lines))
    drained(Task.objects.get(pk=answer.json()["task_id"]))

    told = api(alice).get(f"/api/search/v1/task/{answer.json()['task_id']}").json()

    assert (told["state"], told["documents"], told["documents_done"], told["documents_failed"]) == ("FAILED", 6, 2, 4)
    failures = told["additional_details"]["failures"]
    assert [(one["number"], one["subject"], one["path"]) for one in failures] == [
        (1, "", ""),
        (2, "b", "visible_to.0"),
        (4, "d", "contents"),
        (5, "", ""),
    ]
    assert all(one["reason"] for one in failures)
    assert set(Entry.objects.values_list("subject", flat=True)) == {"a", "c"}


def test_a_line_that_is_too_long_is_read_past(send, index, monkeypatch):
    monkeypatch.setattr("apps.search.api.streams.MAX_LINE_BYTES", 200)
    lines = [line("a"), line("b", content={"text": "x" * 1000}), line("c"), line("d", content={"text": "x" * 150})]

    task = drained(Task.objects.get(pk=send("\n".join(lines)).json()["task_id"]))

    assert (task.done, task.failed) == (2, 2)
    assert [one.number for one in task.failures.order_by("number")] == [1, 3]


def test_a_stream_of_many_lines_is_kept_in_parts(send, index):
    answer = send("\n".join(line(f"s/{at}") for at in range(2500)))

    task = Task.objects.get(pk=answer.json()["task_id"])
    assert (task.documents, task.parts.count()) == (2500, 3)
    assert drained(task).done == 2500


def test_nothing_at_all_is_a_task_that_is_done(send, api, alice, v1, index):
    for answer in (
        send(b""),
        api(alice).post(v1("ingest"), {"ingest_type": "GMetaList", "ingest_data": {"gmeta": []}}, format="json"),
    ):
        task = Task.objects.get(pk=answer.json()["task_id"])

        assert (task.state, task.documents) == ("SUCCESS", 0)
        assert task.completed_at


def test_an_upload_that_was_cut_leaves_nothing(server, token, alice, v1, index):
    body = f"{line('a')}\n{line('b')}\n".encode()
    head = f"Authorization: Bearer {token(alice)}\r\nContent-Type: {NDJSON}\r\nContent-Length: {len(body) + 10}"

    with socket.create_connection((server.thread.host, server.thread.port), timeout=10) as wire:
        wire.sendall(f"POST {v1('ingest')} HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n".encode() + body)
        wire.shutdown(socket.SHUT_WR)
        answer = wire.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 400")
    assert b"send it again" in answer
    assert [(task.state, task.parts.count()) for task in Task.objects.all()] == [("FAILED", 0)]
    assert not Entry.objects.exists()


def test_a_dry_run_checks_every_line_and_changes_nothing(send, index):
    told = send("\n".join([line("a"), "{", line("b"), line("c", content=[])]), "?dry_run=true").json()

    assert (told["acknowledged"], told["dry_run"], told["valid"], told["invalid"]) == (False, True, 2, 2)
    assert [(one["number"], one["path"]) for one in told["failures"]] == [(1, ""), (3, "content")]
    assert not Task.objects.exists()


def test_a_dry_run_of_a_document_says_what_is_wrong_as_the_real_one(api, alice, v1, index):
    client, address = api(alice), f"{v1('ingest')}?dry_run=1"
    good = {"ingest_type": "GMetaEntry", "ingest_data": json.loads(line("a"))}

    told, refused = client.post(address, good, format="json"), client.post(address, {}, format="json")

    assert told.json() == {"acknowledged": False, "dry_run": True, "valid": 1, "invalid": 0, "failures": []}
    assert (refused.status_code, refused.json()["code"]) == (400, "BadRequest.ValidationError")
    assert not Task.objects.exists()


def test_a_dry_run_that_is_misspelt_does_not_write(send, index):
    answer = send(line("a"), "?dryrun=true")

    assert (answer.status_code, answer.json()["error_data"]["place"]) == (400, "dryrun")
    assert not Task.objects.exists()


def test_only_writers_send(send, index, charlie):
    assert send(line("a"), user=charlie).status_code == 403
    assert send(line("a"), user=None).status_code == 401
    assert not Task.objects.exists()
