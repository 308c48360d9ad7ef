"""Turns: each is begun once, whatever happens; what was missed or overlaps goes as its owner said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.access import services as access
from apps.flows import tasks
from apps.flows.models import Flow, Run
from apps.timers import engine
from apps.timers import services as timers
from apps.timers import tasks as clock_tasks
from apps.timers.models import Timer, Turn
from apps.timers.types import Every, Missed, Once, Overlap
from apps.transfer import mover
from tests.flows.conftest import HELLO
from tests.timers.conftest import BEGIN, HOUR, WAIT, told
from tests.transfer.conftest import alice, destination, here, make_place, source, there

__all__ = ["alice", "destination", "here", "make_place", "source", "there"]


def test_each_hour_a_run_is_started(make_timer, tick, finish, alice):
    timer = make_timer()
    for _ in range(3):
        tick()
        finish(timer)
        tick(HOUR)

    runs = Run.objects.order_by("started_at")
    assert told(timer) == ["done", "done", "done", "going"]
    assert [run.owner for run in runs] == [alice] * 4
    assert list(timer.turns.order_by("at").values_list("at", flat=True)) == [BEGIN + HOUR * n for n in range(4)]


def test_a_turn_that_is_struck_and_begun_twice_is_one(make_timer, tick, clock):
    timer = make_timer()
    tick()
    Timer.objects.update(due_at=clock(), turn_at=BEGIN)
    with pytest.raises(Exception, match=r"(?i)unique"):
        engine.strike([timer.pk], clock())
    Turn.objects.update(state="due", due_at=clock())
    engine.begin([timer.turns.get().pk], clock())

    assert Run.objects.count() == 1


def test_many_are_begun_together_each_once(make_timer, tick, clock):
    several = [make_timer(Once(BEGIN)) for _ in range(30)]
    tick()
    begun = list(Turn.objects.values_list("pk", flat=True))

    engine.begin(begun, clock() + HOUR)

    assert len(begun) == len(several)
    assert set(Run.objects.values_list("pk", flat=True)) == {turn.begun_id for turn in Turn.objects.all()}
    assert Run.objects.count() == len(several)


def test_one_that_cannot_be_begun_keeps_none_back_of_those_beside_it(make_timer, make_flow, tick, clock):
    gone = make_flow({"Say": HELLO})
    timer, broken, other = make_timer(), make_timer(flow=gone), make_timer()
    Flow.objects.filter(pk=gone.pk).update(deleted_at=clock())

    tick()

    assert [told(one) for one in (timer, broken, other)] == [["going"], ["failed"], ["going"]]


@pytest.mark.parametrize(
    ("missed", "states"),
    [(Missed.LAST, ["missed", "due"]), (Missed.ALL, ["due"] * 4), (Missed.NONE, ["missed"])],
)
def test_what_nobody_was_there_for_goes_as_its_owner_said(make_timer, clock, missed, states):
    timer = make_timer(missed=missed)

    clock.now = BEGIN + HOUR * 3.5
    engine.strike([timer.pk], clock())

    timer.refresh_from_db()
    assert told(timer) == states
    assert sum(one.count for one in timer.turns.all()) == 4
    assert timer.turn_at == BEGIN + HOUR * 4


def test_a_turn_that_its_jitter_makes_late_was_not_missed(make_timer, tick):
    several = [make_timer(Once(BEGIN), jitter_s=24 * 3600, missed=Missed.NONE) for _ in range(10)]

    for _ in range(24 * 12):
        tick(timedelta(minutes=5))

    assert [told(one) for one in several] == [["going"]] * 10


@pytest.mark.parametrize(
    ("overlap", "states"),
    [(Overlap.SKIP, ["going", "skipped"]), (Overlap.WAIT, ["going", "due"]), (Overlap.LET, ["going", "going"])],
)
def test_a_turn_that_overlaps_goes_as_its_owner_said(make_timer, make_flow, tick, overlap, states):
    timer = make_timer(flow=make_flow({"Wait": WAIT}), body={"body": {}}, overlap=overlap)

    tick()
    tick(HOUR)

    assert told(timer) == states


def test_one_that_waits_begins_when_the_one_before_ends(make_timer, tick, finish):
    timer = make_timer(overlap=Overlap.WAIT)
    tick()
    tick(HOUR)
    finish(timer)
    tick()

    assert told(timer) == ["done", "going"]


def test_what_was_missed_is_taken_one_after_the_other(make_timer, tick, finish, clock):
    timer = make_timer(missed=Missed.ALL, overlap=Overlap.SKIP, most=3)

    tick(HOUR * 5)
    going = [told(timer)]
    for _ in range(3):
        finish(timer)
        tick()
        going.append(told(timer))

    assert going[0] == ["going", "due", "due"]
    assert going[1:] == [["done", "going", "due"], ["done", "done", "going"], ["done", "done", "done"]]


def test_it_ends_after_so_many_turns(make_timer, tick, finish):
    timer = make_timer(most=2)
    for _ in range(4):
        tick()
        finish(timer)
        tick(HOUR)

    timer.refresh_from_db()
    assert (told(timer), timer.state, timer.due_at) == (["done", "done"], "ended", None)


def test_after_so_many_failures_in_a_row_it_rests_and_says_why(make_timer, tick, alice, clock):
    timer = make_timer(most_failures=2)
    Flow.objects.update(deleted_at=clock())

    tick()
    tick(HOUR)
    tick(HOUR)

    timer.refresh_from_db()
    assert (told(timer), timer.state, timer.errors) == (["failed", "failed"], "paused", 2)
    assert timer.inactive["cause"] == "failures"
    assert timers.resume_timer(timer=timer, now=clock()).turn_at == BEGIN + HOUR * 3


def test_what_was_while_it_was_paused_was_not_missed(make_timer, tick, clock):
    timer = make_timer()
    timers.pause_timer(timer=timer)
    tick(HOUR * 5.5)
    timers.resume_timer(timer=timer, now=clock())
    tick()

    assert told(timer) == []
    assert timers.next_turns(timers.get_timer(timer.pk, actor=timer.owner), most=2) == [
        BEGIN + HOUR * n for n in (6, 7)
    ]


def test_turns_of_many_timers_are_spread_by_their_jitter(make_timer, tick, clock):
    several = [make_timer(Once(BEGIN), jitter_s=60) for _ in range(30)]

    tick(timedelta(seconds=30))
    begun = Turn.objects.count()
    tick(timedelta(seconds=30))

    assert 5 < begun < 25
    assert Turn.objects.count() == len(several)


def test_rights_are_those_of_the_turn(make_timer, make_flow, tick, bob, alice):
    flow = make_flow({"Wait": WAIT}, roles={"starter": ["all_authenticated_users"]})
    timer = make_timer(Every(3600, BEGIN), flow=flow, body={"body": {}}, actor=bob)

    for role in access.roles_on(flow.resource):
        if role.principal == "all_authenticated_users":
            access.withdraw(role.pk, resource=flow.resource)
    tick()

    assert told(timer) == ["failed"]


def test_the_end_of_a_run_is_heard_of(make_timer, tick, carry, django_capture_on_commit_callbacks):
    timer = make_timer()
    tick()
    run = carry(Run.objects.get())

    tasks.tell_news(run)

    assert told(timer) == ["done"]


def test_files_are_transferred_by_the_clock(make_timer, tick, source, destination, here, there, clock):
    (here / "a.txt").write_text("a")
    ends = {"source_endpoint": str(source.pk), "destination_endpoint": str(destination.pk)}
    items = [{"DATA_TYPE": "transfer_item", "source_path": "/a.txt", "destination_path": "/a.txt"}]
    timer = make_timer(kind="transfer", body={"DATA_TYPE": "transfer", **ends, "DATA": items})

    tick()
    mover.work(clock=timezone.now)

    assert (there / "a.txt").read_text() == "a"
    engine.ended(timer.turns.get().begun_id, clock())
    assert told(timer) == ["done"]


def test_turns_are_kept_as_long_as_the_administrator_says(make_timer, tick, finish, settings):
    timer = make_timer()
    for _ in range(3):
        tick()
        finish(timer)
        tick(HOUR)
    clock_tasks.forget_turns()
    assert told(timer) == ["done", "done", "done", "going"]

    settings.RUNS_KEPT_DAYS = 7
    clock_tasks.forget_turns()

    assert told(timer) == ["going"]
