"""What comes and what was is counted day by day, of one's own timers alone."""

from datetime import timedelta

import pytest

from apps.timers import services as timers
from apps.timers.types import Every, Once
from tests.timers.conftest import BEGIN, HOUR

pytestmark = pytest.mark.django_db
MIDNIGHT = BEGIN - HOUR * 12
DAYS = [MIDNIGHT + timedelta(days=n) for n in range(4)]


def test_what_comes_is_counted_and_rests_are_not(make_timer, alice, bob):
    hourly = make_timer()
    timers.pause_timer(timer=make_timer(Every(60, BEGIN)))
    once = make_timer(Once(BEGIN + timedelta(days=2)))

    told, is_cut = timers.coming_turns(DAYS, actor=alice)

    assert [(timer, [one.count for one in days]) for timer, days in told] == [(hourly, [12, 24, 24]), (once, [0, 0, 1])]
    assert (is_cut, timers.coming_turns(DAYS, actor=bob)) == (False, ([], False))


def test_what_was_is_counted_by_how_it_went(make_timer, tick, finish, alice, bob):
    timer = make_timer()
    tick()
    finish(timer)
    tick(HOUR * 20)
    tick(HOUR)

    told = timers.past_turns(DAYS, actor=alice)

    assert [(one.day, one.state, one.count, one.first_at) for one in told] == [
        (0, "done", 1, BEGIN),
        (0, "missed", 19, BEGIN + HOUR),
        (1, "going", 1, BEGIN + HOUR * 20),
        (1, "skipped", 1, BEGIN + HOUR * 21),
    ]
    assert {one.timer for one in told} == {timer}
    assert timers.past_turns(DAYS, actor=bob) == []
