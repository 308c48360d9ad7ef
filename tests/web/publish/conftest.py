"""Dana's form and archive, Alice's draft, and browsers that are signed in."""

from tests.flows.conftest import carry, clock, make_flow, run_of, start
from tests.publish.conftest import *  # noqa: F403 (fixtures)
from tests.web.flows.conftest import browser, mine

__all__ = ["browser", "carry", "clock", "make_flow", "mine", "run_of", "start"]
