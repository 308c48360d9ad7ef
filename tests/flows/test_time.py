"""What takes time: pauses before states are tried again, which grow up to a limit or are drawn, and whole runs."""

from datetime import datetime

import pytest

from tests.flows.conftest import HELLO

pytestmark = pytest.mark.django_db


@pytest.fixture
def pauses(start, carry, clock):
    """In seconds, of a state that fails until it is tried no more."""

    def pauses(**retrier):
        retry = {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 10, "MaxAttempts": 8, **retrier}
        run = carry(start({"Bad": {**HELLO, "Parameters": {"sleep_time": "long"}, "Retry": [retry]}}))
        while not run.is_over:
            clock.now = run.due_at
            run = carry(run)
        again = run.log.filter(code="RetryScheduled")
        return [(datetime.fromisoformat(entry.details["at"]) - entry.at).total_seconds() for entry in again]

    return pauses


def test_pauses_grow_up_to_the_longest(pauses):
    assert [round(pause) for pause in pauses(MaxDelaySeconds=60, MaxAttempts=5)] == [10, 20, 40, 60, 60]


def test_pauses_are_drawn_between_nothing_and_what_they_would_be(pauses):
    drawn = pauses(JitterStrategy="FULL", BackoffRate=1)

    assert len(set(drawn)) == len(drawn) == 8
    assert all(-0.001 <= pause <= 10.001 for pause in drawn)


def test_a_run_that_takes_longer_than_its_flow_may_is_over(start, carry, clock):
    run = carry(start({"Nap": {"Type": "Wait", "Seconds": 100, "End": True}}, TimeoutSeconds=50))

    clock.forward(51)

    run = carry(run)
    assert (run.status, run.error_name) == ("FAILED", "States.Timeout")
