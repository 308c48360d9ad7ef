"""A rebuild makes a new generation beside the old one, survives being killed, and swaps only what is equal."""

from __future__ import annotations

import pytest
from django.utils import timezone

from apps.search import rebuild as rebuilding
from apps.search.backends import engine
from apps.search.errors import RebuildIncomplete, RebuildRuns
from apps.search.models import Entry, Index, Path
from apps.search.rebuild import Progress, rebuild
from apps.search.types import Match, Query, SubjectRemoval
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(index):
    return lambda: list(rebuild(index.pk, clock=timezone.now))


def test_a_rebuilt_index_answers_as_before_from_a_new_generation(put, run, index, find, alice, team_urn):
    put(entry("a"), entry("b", team_urn), entry("b", id="open"))

    assert run() == [Progress(3, 3)]

    index.refresh_from_db()
    assert (index.generation, index.building) == (2, None)
    assert (find(), find(alice)) == (["a", "b"], ["a", "b"])
    assert list(engine().stores(str(index.pk))) == [2]


def test_people_search_and_ingest_while_it_runs(put, index, find, monkeypatch):
    monkeypatch.setattr(rebuilding, "CHUNK", 1)
    put(entry("a", n=1), entry("b", n=1), entry("c", n=1))
    steps = rebuild(index.pk, clock=timezone.now)
    next(steps)

    put(entry("a", n=2), entry("d", n=2), SubjectRemoval("b"))
    assert find() == ["a", "c", "d"]
    list(steps)

    assert find() == ["a", "c", "d"]
    assert find(query=Query(filters=(Match("n", (2,)),), by_subject=True)) == ["a", "d"]


def test_a_rebuild_that_was_killed_goes_on_where_it_was(put, index, find, run, monkeypatch):
    monkeypatch.setattr(rebuilding, "CHUNK", 2)
    put(*(entry(name) for name in "abcde"))
    killed = rebuild(index.pk, clock=timezone.now)
    next(killed)
    killed.close()

    assert run() == [Progress(4, 5), Progress(5, 5)]
    assert find() == list("abcde")


def test_only_one_process_rebuilds_an_index(put, index, run):
    put(entry("a"))
    first = rebuild(index.pk, clock=timezone.now)
    next(first)

    with pytest.raises(RebuildRuns):
        run()


def test_a_new_generation_that_lacks_a_subject_is_not_swapped_in(put, index, run, find, monkeypatch):
    put(entry("a"), entry("b"))
    monkeypatch.setattr(rebuilding, "views_of", lambda index, subjects: iter(()))

    with pytest.raises(RebuildIncomplete, match="has 0 subjects, the database 2"):
        run()

    assert find() == ["a", "b"]
    assert Index.objects.get(pk=index.pk).building is None


def test_a_lost_engine_is_made_anew_from_the_database(put, index, find, run):
    put(entry("a"))
    engine().drop(index.store)

    assert find() == []
    run()

    assert find() == ["a"]


def test_a_larger_field_budget_counts_from_the_next_rebuild(put, index, find, run):
    Index.objects.filter(pk=index.pk).update(field_budget=1)
    put(entry("a", one=1, two=2))
    Index.objects.filter(pk=index.pk).update(field_budget=10)

    run()

    assert find(query=Query(filters=(Match("two", (2,)),))) == ["a"]
    assert not Path.objects.filter(is_indexed=False).exists()


def test_what_the_database_lost_is_not_in_the_new_generation(put, index, find, run):
    put(entry("a"), entry("b"))
    Entry.objects.filter(subject="a").delete()

    run()

    assert find() == ["b"]
