"""What awaits an announcement is asked for seldom, more seldom the longer it lasts; and no announcement is missed."""

from datetime import timedelta

import pytest

from apps.flows import engine
from apps.flows.actions import provider_named
from apps.flows.engine.settling import Answer, Asked, changes_by
from apps.flows.models import Action
from apps.flows.types import Progress, Status
from tests.flows.conftest import HELLO


def test_the_pause_doubles_up_to_three_hours(clock):
    said = Progress(status=Status.ACTIVE, awaits="transfer:1")
    pauses = []
    for looks in (0, 1, 2, 7, 8, 200):
        changes = changes_by(Action(looks=looks, awaits="transfer:1"), Answer(Asked.LOOK, said), clock())
        pauses.append(changes["due_at"] - clock())

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 128, 180, 180)]


@pytest.fixture
def act(start, carry, monkeypatch):
    """A run of an action that awaits something, and what is done during its looks."""

    def act(meanwhile=lambda: None):
        provider, looks = provider_named("hello_world"), []

        def seen(order):
            looks.append(order.now)
            meanwhile()
            return Progress(status=Status.ACTIVE, awaits="it")

        monkeypatch.setattr(provider, "begin", seen)
        monkeypatch.setattr(provider, "look", seen)
        return carry(start({"Greet": {**HELLO, "Parameters": {}}})), looks

    return act


def test_what_is_awaited_is_asked_for_once_more_soon(act):
    _, looks = act()

    assert timedelta() < Action.objects.get().due_at - looks[0] < timedelta(seconds=10)


def test_what_is_announced_during_a_look_is_looked_at_again(act, carry, clock):
    during = []
    run, looks = act(lambda: during and during.pop()())
    during.append(lambda: engine.announce("it", clock() + timedelta(milliseconds=1)))
    clock.forward(1)

    carry(run)
    clock.forward(1)
    carry(run)

    assert len(looks) == 3
