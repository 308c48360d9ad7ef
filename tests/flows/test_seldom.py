"""What awaits an announcement is asked for seldom, and more seldom the longer it lasts."""

from datetime import timedelta

from apps.flows.engine.settling import Answer, Asked, changes_by
from apps.flows.models import Action
from apps.flows.types import Progress, Status


def test_the_pause_doubles_up_to_three_hours(clock):
    said = Progress(status=Status.ACTIVE, awaits="transfer:1")
    pauses = []
    for looks in (0, 1, 2, 7, 8, 200):
        changes = changes_by(Action(looks=looks), Answer(Asked.LOOK, said), clock())
        pauses.append(changes["due_at"] - clock())

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 128, 180, 180)]
