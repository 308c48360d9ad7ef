"""Timers of Alice's, an engine with a clock that tests move, and browsers that are signed in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.timers.conftest import Clock, carry, finish, flow, make_flow, make_timer, run_of, start, tick
from tests.transfer.conftest import alice, destination, here, make_place, moved, source, submit, there
from tests.web.flows.conftest import browser, mine, text

__all__ = [
    "alice",
    "browser",
    "carry",
    "destination",
    "finish",
    "flow",
    "here",
    "make_flow",
    "make_place",
    "make_timer",
]
__all__ += ["mine", "moved", "run_of", "source", "start", "submit", "text", "there", "tick"]
SENT = {"name": "Nightly", "how": "every", "every": "every 2 hours", "zone": "Europe/Berlin", "ends": "never"}
SENT |= {"missed": "last", "overlap": "skip", "most_failures": "5", "do": "create"}


@pytest.fixture
def clock():
    """Pages read the real one: this begins with it, at a full minute."""
    clock = Clock()
    clock.now = timezone.now().replace(second=0, microsecond=0)
    return clock


@pytest.fixture
def tomorrow():
    return (timezone.now() + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)


def local(moment):
    """As a browser sends it."""
    return moment.strftime("%Y-%m-%dT%H:%M")
