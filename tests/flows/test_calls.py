"""What is announced while an action is in hand is not lost."""

from datetime import timedelta

import pytest

from apps.flows import engine
from apps.flows import services as flows
from apps.flows.engine import acting
from apps.flows.models import Action
from tests.flows.conftest import HELLO

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_hand(start, carry, clock):
    """An action of which somebody is just finding out how it goes."""
    carry(start({"Greet": {**HELLO, "Parameters": {"sleep_time": 500}}}))
    Action.objects.update(awaits="the end", due_at=clock())
    return acting.take(Action.objects.get().pk, clock())


def test_an_announcement_is_followed_by_another_look(in_hand, clock):
    clock.forward(1)
    engine.announce("the end", clock())

    later = acting.perform(in_hand, clock).later

    assert later.due_at == clock()
    assert [one.pk for one in engine.due(clock()).actions] == [in_hand.pk]


def test_so_is_a_cancel(in_hand, clock, carry, alice):
    flows.cancel_run(run=in_hand.run, actor=alice)
    clock.forward(1)
    engine.advance(in_hand.run_id, clock, lambda action: None)
    acting.perform(in_hand, clock)

    assert carry(in_hand.run).status == "FAILED"
    assert Action.objects.get().is_cancel_told


def test_without_a_call_it_rests(in_hand, clock):
    acting.perform(in_hand, clock)

    assert Action.objects.get().due_at > clock() + timedelta(seconds=400)
