"""A round is prepared while the engine still takes the one before: order, failures and counts are as without that."""

from __future__ import annotations

import pytest
from django.utils import timezone

from apps.search import ingest, ledger
from apps.search import services as search
from apps.search.backends.opensearch.writer import BulkWriter
from apps.search.backends.tantivy.stores import TantivyWriter
from apps.search.errors import EngineUnavailable
from apps.search.models import Index, Part, Task
from apps.search.types import Match, Query, SubjectRemoval
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_round_is_one_document(monkeypatch):
    monkeypatch.setattr(ledger, "PART_DOCUMENTS", 1)
    monkeypatch.setattr(ingest, "ROUND_DOCUMENTS", 1)


@pytest.fixture
def submit(index, alice):
    return lambda *operations: search.submit_entries(index=index, actor=alice, entries=operations)


@pytest.fixture
def drain(index):
    return lambda: ingest.drain(index.pk, clock=timezone.now)


@pytest.fixture
def fail_at(monkeypatch, settings):
    """Lets the engine break down when it is given its nth round."""
    kind = TantivyWriter if settings.SEARCH_BACKEND == "tantivy" else BulkWriter
    real, rounds = kind.add, []

    def fail_at(number):
        def add(writer, subjects, *, version):
            rounds.append(subjects)
            if len(rounds) == number:
                raise EngineUnavailable
            real(writer, subjects, version=version)

        monkeypatch.setattr(kind, "add", add)

    return fail_at


def states():
    return list(Task.objects.order_by("position").values_list("state", "done"))


def test_rounds_that_touch_one_subject_reach_the_engine_in_their_order(submit, drain, find):
    submit(*(entry("a", n=n) for n in range(3)))
    submit(SubjectRemoval("a"), entry("b", n=3), entry("a", n=4))

    drain()

    assert find() == ["a", "b"]
    assert [find(query=Query(filters=(Match("n", (n,)),))) for n in (2, 3, 4)] == [[], ["b"], ["a"]]


def test_a_delete_by_query_finds_what_the_round_before_it_put(submit, drain, index, alice, find):
    submit(entry("a", n=1), entry("b", n=1))
    search.remove_by_query(index=index, actor=alice, query=Query(filters=(Match("n", (1,)),)))
    submit(entry("c", n=1))

    drain()

    assert find() == ["c"]
    assert states() == [("SUCCESS", 2), ("SUCCESS", 2), ("SUCCESS", 1)]


def test_when_the_engine_fails_its_round_and_the_next_are_done_again(submit, drain, find, fail_at, index):
    for n in range(3):
        submit(entry(f"s{n}", n=n), entry("same", n=n))
    fail_at(2)

    drain()
    stored = Part.objects.order_by("task__position", "number").values_list("is_stored", "is_done")
    assert list(stored) == [(True, True), (True, False), (True, False), (False, False), (False, False), (False, False)]
    drain()

    assert states() == [("SUCCESS", 2)] * 3
    assert find() == ["s0", "s1", "s2", "same"]
    assert find(query=Query(filters=(Match("n", (2,)),), by_subject=True)) == ["s2", "same"]
    index.refresh_from_db()
    assert index.num_entries == 4


def test_a_task_counts_as_done_only_what_the_engine_has(submit, drain, find, fail_at):
    submit(entry("a"), entry("b"), entry("c"))
    fail_at(2)

    drain()

    assert states() == [("PROGRESS", 1)]
    assert find() == ["a"]


def test_a_round_that_cannot_be_stored_does_not_hold_up_the_one_before_it(submit, drain, find, monkeypatch):
    submit(entry("a"))
    submit(entry("b"))
    first = ingest.store
    monkeypatch.setattr(
        ingest, "store", lambda turn: _broken(turn) if Part.objects.filter(is_stored=True) else first(turn)
    )

    with pytest.raises(ZeroDivisionError):
        drain()

    assert states() == [("SUCCESS", 1), ("PROGRESS", 0)]
    assert find() == ["a"]


def _broken(_):
    raise ZeroDivisionError


def test_what_a_worker_had_under_way_when_it_lost_its_lease_is_done_by_the_next(submit, drain, find, monkeypatch):
    submit(entry("a"))
    submit(entry("b"))
    real = ingest.store

    def store(turn):
        if Part.objects.filter(is_stored=True):
            Index.objects.update(lease="somebody else")
        return real(turn)

    monkeypatch.setattr(ingest, "store", store)
    drain()
    assert states() == [("PROGRESS", 0), ("PROGRESS", 0)]

    monkeypatch.undo()
    Index.objects.update(lease="")
    drain()
    assert (states(), find()) == ([("SUCCESS", 1)] * 2, ["a", "b"])


def test_a_round_takes_no_more_than_memory_holds(submit, index, monkeypatch):
    monkeypatch.setattr(ingest, "ROUND_CHARACTERS", 1000)
    submit(*(entry(subject, text=400 * subject) for subject in "abc"), entry("d", text=2000 * "d"), entry("e"))

    rounds, behind = [], None
    while parts := ingest.waiting_parts(index.pk, most=10, behind=behind):
        rounds.append([part.number for part in parts])
        behind = parts[-1]

    assert rounds == [[0, 1], [2], [3], [4]]
