"""A timer is changed by its owner: from then on it strikes by what was said last."""

from datetime import timedelta

import pytest

from apps.timers import services as timers
from apps.timers.errors import HasEnded, InvalidSchedule
from apps.timers.services import TimerChanges
from apps.timers.types import Cron, Every, Missed, Once, Overlap, Schedule
from tests.timers.conftest import BEGIN, HOUR, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(clock):
    def change(timer, rhythm=None, *, most=None, until=None, **more):
        schedule = Schedule(rhythm or timer.schedule.rhythm, most, until, more.pop("jitter_s", 0))
        kept = {"missed": Missed.LAST, "overlap": Overlap.SKIP, "most_failures": 5}
        changes = TimerChanges(schedule=schedule, **{**kept, **more})
        return timers.change_timer(timer=timer, told=changes, now=clock())

    return change


def test_another_rhythm_counts_from_now_on(make_timer, change, tick, clock, alice):
    timer = make_timer()
    tick(HOUR * 2.5)

    change(timer, Every(600, BEGIN), missed=Missed.NONE)

    timer = timers.get_timer(timer.pk, actor=alice)
    assert (timer.missed, timer.turn_at) == (Missed.NONE, clock() + timedelta(minutes=10))
    assert told(timer) == ["missed", "going"]


def test_with_the_same_rhythm_it_keeps_its_place_though_its_turn_is_late(make_timer, change, clock):
    timer = make_timer(jitter_s=600)
    clock.now += timedelta(seconds=1)

    assert change(timer, overlap=Overlap.LET).turn_at == BEGIN


@pytest.mark.parametrize(
    ("rhythm", "more"),
    [(Once(BEGIN), {}), (None, {"most": 2}), (None, {"until": BEGIN + HOUR}), (Every(1, BEGIN), {})],
)
def test_what_would_never_strike_again_or_too_often_is_refused(make_timer, change, tick, finish, rhythm, more):
    timer = make_timer()
    for passes in (timedelta(), HOUR):
        tick(passes)
        finish(timer)
    timer.refresh_from_db()

    with pytest.raises(InvalidSchedule):
        change(timer, rhythm, **more)
    assert timers.get_timer(timer.pk, actor=timer.owner).turn_at == BEGIN + HOUR * 2


def test_one_that_rests_goes_on_resting_and_one_that_has_ended_is_over(make_timer, change, tick):
    resting, over = timers.pause_timer(timer=make_timer()), make_timer(Once(BEGIN))
    tick()

    changed = change(resting, Cron("30 * * * *", "UTC", BEGIN))
    with pytest.raises(HasEnded):
        change(over, Every(600, BEGIN))

    assert (changed.state, changed.turn_at) == ("paused", BEGIN + HOUR / 2)
