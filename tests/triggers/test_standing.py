"""Standing searches: records that are new or changed, and answer the search of whoever owns it, start runs."""

import pytest
from django.utils import timezone

from apps.flows.models import Run
from apps.search import services as search
from apps.search.errors import InvalidQuery, NoSuchIndex
from apps.search.models import Task
from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.types import Records
from tests.flows.conftest import HELLO
from tests.search.conftest import entry, index, put, team_urn, urn_of
from tests.triggers.conftest import work

__all__ = ["index", "put", "team_urn", "urn_of"]
BODY = {"body": {"word.$": "$.first.content.title", "subjects.$": "$.records[*].subject"}}


@pytest.fixture
def standing(make_trigger, make_flow, urn_of, alice, bob, charlie, clock):
    """A standing search of somebody's; its flow may be started by all three."""
    flow = make_flow({"Say": HELLO}, roles={"starter": [urn_of(bob), urn_of(charlie)]})

    def standing(query="", *, actor=alice, body=BODY, **how):
        clock.now = timezone.now()
        return make_trigger(Records("runs", query, **how), flow=flow, actor=actor, body=body)

    return standing


@pytest.fixture
def passing(clock):
    """What is written from now on is asked for, and what is found is begun."""

    def passing():
        clock.now = timezone.now()
        engine.look_at_records(clock())
        work(clock)

    return passing


def told(trigger):
    runs = [Run.objects.get(pk=one.run_id) for one in trigger.firings.exclude(run_id=None).order_by("pk")]
    return [run.input["subjects"] for run in runs]


def test_new_and_changed_records_that_answer_start_runs(standing, put, passing):
    put(entry("old", title="lysozyme"))
    trigger = standing("q=lysozyme")
    put(entry("new", title="lysozyme"), entry("other", title="thaumatin"))
    passing()
    assert told(trigger) == [["new"]]
    put(entry("old", title="lysozyme again"))
    passing()
    passing()

    assert told(trigger) == [["new"], ["old"]]


def test_who_owns_the_search_sees_what_they_may(standing, put, passing, alice, bob, charlie, urn_of, team_urn):
    mine = {who.username: standing(actor=who) for who in (alice, bob, charlie)}
    put(entry("public"), entry("team", team_urn), entry("alice", urn_of(alice)))
    passing()

    assert {name: told(one) for name, one in mine.items()} == {
        "alice": [["alice", "public", "team"]],
        "bob": [["public", "team"]],
        "charlie": [["public"]],
    }


def test_what_was_hidden_before_it_is_told_is_not_told(standing, put, clock, bob, urn_of, alice):
    trigger = standing(actor=bob)
    put(entry("shy", title="secret"), entry("open"))
    clock.now = timezone.now()
    engine.look_at_records(clock())
    put(entry("shy", urn_of(alice), title="secret"))
    work(clock)
    assert told(trigger) == [["open"]]


def test_if_nothing_is_left_to_tell_nothing_is_started(standing, put, clock, bob, urn_of, alice):
    trigger = standing(actor=bob)
    put(entry("shy"))
    clock.now = timezone.now()
    engine.look_at_records(clock())
    put(entry("shy", urn_of(alice)))
    work(clock)

    assert not Run.objects.exists()
    assert trigger.firings.get().state == "ignored"


def test_a_search_that_rests_keeps_its_place(standing, put, passing, clock):
    trigger = standing()
    triggers.pause_trigger(trigger=trigger)
    put(entry("meanwhile"))
    passing()
    assert told(trigger) == []
    triggers.begin_trigger(trigger=trigger, now=clock())
    passing()

    assert told(trigger) == [["meanwhile"]]


def test_so_many_records_are_told_together(standing, put, passing):
    trigger = standing(most_together=2)
    put(*(entry(f"s{number}") for number in range(5)))
    passing()

    assert told(trigger) == [["s0", "s1"], ["s2", "s3"], ["s4"]]


def test_what_the_engine_may_not_have_yet_waits(standing, put, passing, index, alice):
    trigger = standing()
    task = search.submit_entries(index=index, actor=alice, entries=[entry("later")])
    Task.objects.filter(pk=task.pk).update(created_at=trigger.made_at)
    put(entry("early"))
    Task.objects.filter(pk=task.pk).update(state=Task.State.PROGRESS)
    passing()
    assert told(trigger) == []
    Task.objects.filter(pk=task.pk).update(state=Task.State.SUCCESS)
    passing()

    assert told(trigger) == [["early", "later"]]


def test_an_index_that_is_gone_is_told(standing, put, passing, index, alice):
    trigger = standing()
    type(index).objects.filter(pk=index.pk).update(slug="elsewhere")
    passing()
    trigger.refresh_from_db()

    assert "runs" in trigger.trouble


def test_a_search_that_cannot_be_asked_is_refused(standing, index, make_trigger, charlie):
    with pytest.raises(InvalidQuery):
        standing("q=title:[&advanced=true")
    with pytest.raises(NoSuchIndex):
        make_trigger(Records("none"))


def test_a_search_is_tried_on_what_it_finds_now(standing, put, clock, bob, alice, urn_of):
    put(entry("a", title="lysozyme"), entry("b", urn_of(alice), title="lysozyme"), entry("c", title="thaumatin"))
    trigger = standing("q=lysozyme", actor=bob)
    told = triggers.Told("Lysozymes", trigger.watched, trigger.flow_id, BODY)
    trial = triggers.try_trigger(actor=bob, told=told, now=clock())

    assert (trial.taken, trial.trouble) == (1, "")
    assert trial.start.input == {"word": "lysozyme", "subjects": ["a"]}
    assert not trigger.firings.exists()
