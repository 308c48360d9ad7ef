"""Several processes look after turns at the same moment, and none waits for another that waits for it."""

from functools import partial

import pytest
from django.db import connection

from apps.timers import engine
from apps.timers import services as timers
from apps.timers.models import Timer, Turn
from tests.at_once import at_once, open_elsewhere, several_writers
from tests.timers.conftest import HOUR

__all__ = ["several_writers"]
pytestmark = pytest.mark.usefixtures("several_writers")


@pytest.fixture
def due(make_timer, clock):
    """The ids of three turns that are to be begun, each of another timer."""
    several = [make_timer() for _ in range(3)]
    engine.strike([one.pk for one in several], clock())
    return engine.turns_due(clock())


def test_turns_that_another_is_beginning_are_let_be(due, clock):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")

    with open_elsewhere(lambda: engine.begin(due[:1], clock())):
        held = engine.hold(due, clock())

    rows = Turn.objects.in_bulk(due)
    assert [rows[its_id].due_at == held for its_id in due] == [False, True, True]
    assert [rows[its_id].state for its_id in due] == ["going", "due", "due"]


def test_a_timer_is_deleted_while_its_turns_are_begun(make_timer, clock):
    for _ in range(10):
        timer = make_timer(missed="all")
        clock.now += 3 * HOUR
        engine.strike([timer.pk], clock())
        turns = list(timer.turns.values_list("pk", flat=True))

        assert at_once(partial(engine.begin, turns, clock()), partial(timers.delete_timer, timer=timer)) == []

        assert (Timer.objects.count(), Turn.objects.count()) == (0, 0)
