"""Somebody cancels the run that publishes, before each of its steps and while the files are under way."""

import pytest

from apps.publish.models import Submission
from tests.publish.states import STEPS


@pytest.mark.parametrize("step", STEPS[:-1])
def test_what_is_canceled_before_a_step_leaves_nothing(sent, work, undone, at, cancel, step):
    at(step, cancel)

    assert undone(work(sent()))


def test_what_is_canceled_while_it_is_released_is_published(sent, work, at, cancel):
    """That cannot be taken back, and is not."""
    at("release", cancel)

    assert work(sent()).state == Submission.State.PUBLISHED


@pytest.mark.parametrize("rounds", [0, 1])
def test_what_is_canceled_while_nothing_is_done_leaves_nothing(sent, work, undone, cancel, rounds):
    """Before any worker came by, and while the files are on their way."""
    submission = work(sent(), rounds=rounds) if rounds else sent()

    cancel()

    assert undone(work(submission))
