"""Those in whose name it is published lose what they may, between two steps."""

import pytest

from apps.publish.models import Submission
from apps.storage import services as storage
from tests.publish.states import STEPS

State = Submission.State


@pytest.mark.parametrize("step", STEPS[:-1])  # the last takes no more rights
def test_it_is_undone_when_its_publisher_may_again(sent, work, undone, at, dana_may, step):
    at(step, lambda: dana_may(everything=False))

    waits = work(sent(), rounds=8)
    assert waits.state == State.UNDOING
    assert waits.trouble.startswith("It is published in the name of Dana, who may not do so any more. ")
    dana_may(everything=True)

    assert undone(work(waits, each_s=60))


def test_an_author_who_may_not_read_the_files_any_more_publishes_none(sent, work, undone, at, staging, dana):
    [rule] = staging.rules.all()
    pk = rule.pk
    at("copy", lambda: storage.remove_rule(rule=rule, actor=dana))

    done = work(sent())
    rule.pk = pk
    rule.save(force_insert=True)

    assert "/chip" in done.trouble
    assert undone(done)


def test_whoever_may_give_no_identifiers_any_more_gives_none(sent, work, undone, at, dana, settings):
    def refuse():
        dana.is_superuser = False
        dana.save(update_fields=["is_superuser"])

    at("reserve", refuse)
    done = work(sent())

    assert "MINTERS" in done.trouble
    assert undone(done)
