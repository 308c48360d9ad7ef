"""The clock as workers hear it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.flows.models import Run
from apps.timers import engine, tasks
from apps.timers.models import Turn
from apps.timers.types import Once
from tests.timers.conftest import BEGIN, HOUR


@pytest.fixture
def rung(monkeypatch):
    """The messages that were sent."""
    rung = []
    monkeypatch.setattr(tasks.look, "apply_async", lambda kwargs, **_: rung.append(kwargs))
    return rung


def test_what_is_due_is_struck_and_rung_for(make_timer, rung):
    make_timer(Once(BEGIN))

    tasks.strike()
    for told in rung:
        tasks.look(**told)

    assert Run.objects.count() == 1
    assert [one.state for one in Turn.objects.all()] == ["going"]


def test_many_are_rung_for_by_few_messages_and_not_again_at_once(make_timer, rung):
    several = [make_timer(Once(BEGIN)) for _ in range(50)]

    tasks.strike()
    tasks.strike()

    turn_ids = sorted(turn_id for told in rung for turn_id in told["turn_ids"])
    assert (len(rung), len(turn_ids)) == (3, len(several))
    assert turn_ids == sorted(Turn.objects.values_list("pk", flat=True))


def test_who_is_rung_for_too_late_begins_nothing_and_a_lost_message_is_said_again(make_timer, rung):
    make_timer(Once(BEGIN))
    tasks.strike()
    Turn.objects.update(due_at=timezone.now() - timedelta(seconds=1))  # so long nobody came
    tasks.strike()
    late, again = rung

    tasks.look(**late)
    assert [one.state for one in Turn.objects.all()] == ["due"]
    tasks.look(**again)
    assert [one.state for one in Turn.objects.all()] == ["going"]


def test_a_timer_that_breaks_keeps_no_other_waiting(make_timer, monkeypatch, rung):
    broken, sound = make_timer(Once(BEGIN)), make_timer(Once(BEGIN))
    strike = engine.strike
    monkeypatch.setattr(engine, "strike", lambda keys, now: 1 / 0 if broken.pk in keys else strike(keys, now))

    tasks.strike()

    assert [one.timer for one in Turn.objects.all()] == [sound]


def test_what_nobody_told_of_is_looked_at_in_the_end(make_timer, tick, carry):
    timer = make_timer(Once(BEGIN))
    tick()
    carry(Run.objects.get())
    [turn] = timer.turns.all()
    assert (engine.turns_due(BEGIN), engine.turns_due(BEGIN + HOUR)) == ([], [turn.pk])

    tasks.look_here([turn.pk])

    assert timer.turns.get().state == "done"
    assert timer.turns.get().ended_at <= timezone.now()
