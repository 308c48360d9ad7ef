"""The clock as workers hear it."""

from django.utils import timezone

from apps.flows.models import Run
from apps.timers import engine, tasks
from apps.timers.models import Turn
from apps.timers.types import Once
from tests.timers.conftest import BEGIN, HOUR


def test_what_is_due_is_struck_and_rung_for(make_timer, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.look, "apply_async", lambda kwargs, **_: rung.append(kwargs["turn_id"]))
    make_timer(Once(BEGIN))

    tasks.strike()
    for turn_id in rung:
        tasks.look_here(turn_id)

    assert Run.objects.count() == 1
    assert [one.state for one in Turn.objects.all()] == ["going"]


def test_a_timer_that_breaks_keeps_no_other_waiting(make_timer, monkeypatch):
    broken, sound = make_timer(Once(BEGIN)), make_timer(Once(BEGIN))
    strike = engine.strike
    monkeypatch.setattr(engine, "strike", lambda key, now: 1 / 0 if key == broken.pk else strike(key, now))
    monkeypatch.setattr(tasks.look, "apply_async", lambda **_: None)

    tasks.strike()

    assert [one.timer for one in Turn.objects.all()] == [sound]


def test_what_nobody_told_of_is_looked_at_in_the_end(make_timer, tick, carry):
    timer = make_timer(Once(BEGIN))
    tick()
    carry(Run.objects.get())
    [turn] = timer.turns.all()
    assert (engine.turns_due(BEGIN), engine.turns_due(BEGIN + HOUR)) == ([], [turn.pk])

    tasks.look_here(turn.pk)

    assert timer.turns.get().state == "done"
    assert timer.turns.get().ended_at <= timezone.now()
