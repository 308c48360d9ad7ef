"""Several workers begin and end what one trigger starts at the same moment: no limit is passed, no end is missed."""

from functools import partial
from itertools import pairwise

import pytest

from apps.flows.models import Run
from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.models import Firing
from apps.triggers.types import Happening, Message
from tests.at_once import at_once, several_writers

__all__ = ["several_writers"]
pytestmark = pytest.mark.usefixtures("several_writers")


@pytest.fixture
def waiting(make_trigger, clock):
    """The ids of so many firings that are due, of a trigger that has these limits."""

    def waiting(many, **limits):
        trigger = make_trigger(Message(), body={"body": {"word": "hi"}}, limits=limits)
        happenings = [Happening(str(number), {"body": {}}) for number in range(many)]
        return [triggers.send_message(trigger=trigger, message=one, now=clock())[0].pk for one in happenings]

    return waiting


def states():
    return list(Firing.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("limit", ["most_at_once", "most_per_hour"])
def test_of_many_that_begin_at_once_no_more_start_than_may(waiting, clock, limit):
    ids = waiting(6, **{limit: 2})

    raised = at_once(*(partial(engine.begin, its_id, clock()) for its_id in ids))

    assert (raised, Run.objects.count()) == ([], 2)
    assert sorted(states()) == ["due"] * 4 + ["going"] * 2


def test_one_that_is_about_to_wait_while_another_ends_is_let_by_it(waiting, clock):
    ids = waiting(20, most_at_once=1)
    engine.begin(ids[0], clock())
    for going, following in pairwise(ids):
        run = Run.objects.get(pk=Firing.objects.get(pk=going).run_id)
        Run.objects.filter(pk=run.pk).update(status="SUCCEEDED", ended_at=clock())

        raised = at_once(partial(engine.ended, run.pk, clock()), partial(engine.begin, following, clock()))
        engine.begin(following, clock())

        assert (raised, Firing.objects.get(pk=following).state) == ([], "going")


def test_a_trigger_is_deleted_while_what_it_started_ends(waiting, clock):
    for _ in range(10):
        ids = waiting(4, most_at_once=3)
        for its_id in ids:
            engine.begin(its_id, clock())
        going = Firing.objects.exclude(run_id=None)
        trigger = going[0].trigger
        Run.objects.update(status="FAILED", ended_at=clock())

        ends = [partial(engine.ended, run_id, clock()) for run_id in going.values_list("run_id", flat=True)]
        assert at_once(*ends, partial(triggers.delete_trigger, trigger=trigger)) == []

        assert states() == []
