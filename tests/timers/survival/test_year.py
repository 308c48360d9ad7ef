"""A year of many timers, whose workers die all the time: each turn is as a plain evaluator says, and begun once.

``VITRINE_TIMER_SCHEDULES`` is how many timers, ``VITRINE_TIMER_LOOKS`` about how often in the year workers look.
"""

import os
from datetime import timedelta

import pytest
from django.db.models import Min

from apps.flows.models import Run
from apps.timers import engine
from apps.timers.models import Timer, Turn
from apps.transfer.models import Task
from tests.timers.survival import plain
from tests.timers.survival.conftest import BEGIN, END
from tests.waiting import until

pytestmark = pytest.mark.slow
SCHEDULES = int(os.environ.get("VITRINE_TIMER_SCHEDULES", "16"))
LOOKS = int(os.environ.get("VITRINE_TIMER_LOOKS", "40"))
KILLED = 0.3
WITHIN_S = 60 + 3 * SCHEDULES
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def look(workers, clock, chance):
    """Show this moment, and kill workers until all that strikes then has struck; as the workers saw the clock."""

    def look(moment):
        now = clock.show(moment)
        workers.fill()
        if chance.random() < KILLED:
            workers.kill_one()

        def have_struck():
            workers.fill()
            return not engine.timers_due(now) and not engine.turns_due(now)

        until(have_struck, within_s=WITHIN_S)
        return now

    return look


@pytest.fixture
def finish(workers, clock):
    """Let all turns be begun that were written down, and no others be."""

    def finish():
        for timer in Timer.objects.filter(state=Timer.State.ACTIVE):  # one by one: workers hold several, in an order
            Timer.objects.filter(pk=timer.pk, state=Timer.State.ACTIVE).update(state=Timer.State.PAUSED)

        def have_begun():
            workers.fill()
            waiting = Turn.objects.filter(state=Turn.State.DUE)
            if not waiting.filter(due_at__lte=clock.now()).exists():
                clock.show(clock.now() + A_SECOND)  # not more: who was rung for too late is rung for again
            return not waiting.exists()

        until(have_begun, within_s=WITHIN_S)

    return finish


def moments(chance):
    """Through the year: by turns far ahead, as if the portal was down, and soon after the next turn."""
    now = BEGIN
    while now < END:
        now += timedelta(seconds=chance.uniform(0, 4) * (END - BEGIN).total_seconds() / LOOKS)
        yield now
        due_at = Timer.objects.aggregate(next=Min("due_at"))["next"]
        now = max(now, (due_at or now) + timedelta(seconds=chance.uniform(0, 1_000)))
        yield now


def told(timer):
    turns = timer.turns.order_by("at").values_list("at", "count", "state")
    return [(at, count, state == Turn.State.MISSED) for at, count, state in turns]


def test_each_turn_is_begun_once_whoever_dies(make_timers, workers, look, finish, chance):
    several = make_timers(SCHEDULES)

    looked = [look(moment) for moment in moments(chance)]
    finish()

    count = Turn.objects.exclude(state=Turn.State.MISSED).count()
    print(f"{SCHEDULES} timers, {len(looked)} looks, {count} turns begun, {workers.deaths} deaths")
    for timer in several:
        assert told(timer) == plain.turns(timer, looked, max(looked)), (timer.schedule_json, timer.missed)
    begun = Turn.objects.exclude(state=Turn.State.MISSED).values_list("state", "begun_id")
    made = {*Run.objects.values_list("pk", flat=True), *Task.objects.values_list("pk", flat=True)}
    assert {state for state, _ in begun} == {"going"}
    assert sorted(one for _, one in begun) == sorted(made)
    assert workers.deaths > LOOKS / 8
