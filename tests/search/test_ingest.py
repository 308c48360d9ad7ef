"""Tasks are applied in order, whole or document by document, and as often as it takes."""

from __future__ import annotations

import random

import pytest
from django.utils import timezone

from apps.search import ingest, ledger
from apps.search import services as search
from apps.search.errors import EngineUnavailable, IndexNotOpen
from apps.search.models import Entry, Index, Lease, Part, Task
from apps.search.types import EntryPatch, EntryRemoval, Match, Phrase, Problem, Query, Request, SubjectRemoval, Terms
from tests.search.conftest import drained, entry

pytestmark = pytest.mark.django_db


def test_what_was_ingested_is_found_when_the_task_has_succeeded(put, find):
    task = put(entry("a"), entry("b"))

    assert (task.state, task.documents, task.done, task.failed) == ("SUCCESS", 2, 2, 0)
    assert find() == ["a", "b"]


def test_an_entry_replaces_the_one_of_its_subject_and_id_alone(put, index, alice):
    put(entry("a", title="old"), entry("a", id="notes", text="kept"))

    put(entry("a", title="new"))

    record = search.record(index=index, subject="a", actor=alice)
    assert [(each.entry_id, each.content) for each in record.entries] == [
        ("", {"title": "new"}),
        ("notes", {"text": "kept"}),
    ]


def test_tasks_are_applied_in_the_order_of_their_submission(index, alice, find):
    tasks = [search.submit_entries(index=index, actor=alice, entries=[entry("a", n=n)]) for n in range(5)]

    drained(tasks[-1])

    assert find(query=Query(filters=(Match("n", (4,)),))) == ["a"]
    assert {task.state for task in index.tasks.all()} == {"SUCCESS"}


def test_one_bad_document_does_not_take_the_others_with_it(put, find):
    task = put(entry("a"), Problem("b", "visible_to", "Missing data for required field."), entry("c"))

    failure = task.failures.get()
    assert (task.state, task.done, task.failed) == ("FAILED", 2, 1)
    assert (failure.number, failure.subject, failure.path) == (1, "b", "visible_to")
    assert find() == ["a", "c"]


def test_a_subject_with_too_many_visibilities_fails_alone(put, find):
    many = [entry("a", f"urn:globus:groups:id:00000000-0000-0000-0000-00000000000{n}", id=f"e{n}") for n in range(8)]

    task = put(entry("b"), *many)

    assert task.failed == 2
    assert {failure.path for failure in task.failures.all()} == {"visible_to"}
    assert find() == ["b"]


def test_removals_take_effect_in_their_turn(put, find):
    put(entry("a"), entry("b"), entry("c", id="x"), entry("c"))

    put(SubjectRemoval("a"), EntryRemoval("c", "x"), entry("a", again=True), SubjectRemoval("b"))

    assert find() == ["a", "c"]


def test_a_patch_changes_what_it_names_and_nothing_else(put, index, alice):
    put(entry("a", title="t", deep={"kept": 1, "gone": 2}))

    put(EntryPatch("a", content={"deep": {"gone": None, "new": [3]}}))

    [found] = search.record(index=index, subject="a", actor=alice).entries
    assert found.content == {"title": "t", "deep": {"kept": 1, "new": [3]}}


def test_a_patch_of_what_is_not_there_fails_alone(put):
    task = put(EntryPatch("a", content={"x": 1}))

    assert (task.state, task.failures.get().reason) == ("FAILED", "There is no such entry to change. Ingest it whole.")


def test_a_delete_by_query_removes_what_matches_when_its_turn_comes(put, index, alice, find):
    put(entry("a", n=1), entry("b", n=2))
    search.submit_entries(index=index, actor=alice, entries=[entry("c", n=1)])

    task = drained(search.remove_by_query(index=index, actor=alice, query=Query(filters=(Match("n", (1,)),))))

    assert (task.state, task.done) == ("SUCCESS", 2)
    assert find() == ["b"]


def test_changed_visibility_counts_at_once_in_hits_totals_and_facets(put, index, urn_of, alice, bob):
    put(entry("a", "public", n=1))

    put(entry("a", urn_of(alice), n=1))

    index.refresh_from_db()
    facets = Query(facets=(Terms(name="n", path="n"),))
    pages = [search.find(index=index, request=Request(facets), actor=actor) for actor in (None, bob, alice)]
    assert [(page.total, len(page.facets[0].buckets)) for page in pages] == [(0, 0), (0, 0), (1, 1)]


def test_an_entry_hidden_a_moment_ago_does_not_show_though_the_engine_does_not_know(put, index, urn_of, alice, find):
    put(entry("a", "public"))

    Entry.objects.filter(index=index).update(visible_to=[urn_of(alice)])

    assert (find(), find(alice)) == ([], ["a"])


def test_a_round_that_was_stored_but_not_projected_is_done_again_without_harm(put, index, alice, find, monkeypatch):
    put(entry("a", n=1))
    task = search.submit_entries(
        index=index, actor=alice, entries=[EntryPatch("a", content={"m": 2}), SubjectRemoval("a")]
    )
    monkeypatch.setattr(ingest, "_send", _engine_is_away)
    assert drained(task).state == "PROGRESS"

    monkeypatch.undo()

    assert (drained(task).state, task.done, task.failed) == ("SUCCESS", 2, 0)
    assert find() == []


def _engine_is_away(*_):
    raise EngineUnavailable


def test_while_another_worker_has_the_index_nothing_is_done_twice(index, alice):
    task = search.submit_entries(index=index, actor=alice, entries=[entry("a")])
    held = Lease.claim(index.pk, now=timezone.now())

    assert drained(task).state == "PENDING"

    held.release()
    assert drained(task).state == "SUCCESS"


def test_a_worker_that_lost_its_lease_changes_nothing_any_more(index, alice):
    task = search.submit_entries(index=index, actor=alice, entries=[entry("a")])
    lease = Lease.claim(index.pk, now=timezone.now())
    Index.objects.filter(pk=index.pk).update(lease="somebody else")

    with pytest.raises(ingest.LeaseLost):
        ingest.apply(lease, timezone.now)

    assert not Entry.objects.exists()
    task.refresh_from_db()
    assert task.done == 0


def test_an_upload_that_breaks_off_leaves_nothing(index, alice):
    def broken():
        yield entry("a")
        raise ConnectionResetError

    task = ledger.open_task(index=index, task_type="INGEST", created_by="", now=timezone.now())
    with pytest.raises(ConnectionResetError):
        ledger.append(task, broken(), now=timezone.now)
    ledger.abandon(task.pk, message="The upload broke off.", now=timezone.now())

    ingest.drain(index.pk, clock=timezone.now)
    assert (Task.objects.get().state, Part.objects.count(), Entry.objects.count()) == ("FAILED", 0, 0)


def test_an_index_that_is_being_deleted_takes_no_more(index, alice, put):
    put(entry("a"))
    search.delete_index(index=index, actor=alice)

    with pytest.raises(IndexNotOpen):
        search.submit_entries(index=index, actor=alice, entries=[entry("b")])


def test_counts_of_the_catalogue_follow_what_is_replaced_and_deleted(put, index, alice):
    put(entry("a", n=1, x="2020-01-01"), entry("b", n="word"))

    put(entry("a", n=2), SubjectRemoval("b"))

    lines = {line.path: (line.numbers, line.strings, line.dates) for line in search.catalogue(index=index, actor=alice)}
    assert lines == {"n": (1, 0, 0)}
    index.refresh_from_db()
    assert (index.num_entries, index.size_bytes) == (1, len('{"n":2}'))


@pytest.mark.parametrize("length", [900, 4000])
def test_paths_of_any_length_are_counted(put, index, alice, length):
    """PostgreSQL keeps no more than 2,700 bytes in a row of an index, and cannot pack such names."""
    chance = random.Random(length)
    name = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(length))
    for value in (1, 2):
        put(entry("a", **{name: value, name[::-1]: value}))

    counted = {line.path: line.entries for line in search.catalogue(index=index, actor=alice)}
    assert (counted[name], counted[name[::-1]]) == (1, 1)


def test_past_the_field_budget_a_path_is_found_as_free_text(put, index, alice, find):
    Index.objects.filter(pk=index.pk).update(field_budget=1)

    put(entry("a", one="first", two="second"))

    assert find(query=Query(text=Phrase("second"))) == ["a"]
    assert [line.is_indexed for line in search.catalogue(index=index, actor=alice)] == [True, False]
