"""Triggers of Alice's on a folder of hers, and browsers that are signed in."""

import pytest

from tests.triggers.conftest import (
    admin,
    beamline,
    clock,
    finish,
    flow,
    look,
    make_flow,
    make_trigger,
    raw,
    root,
    settled,
)
from tests.web.flows.conftest import browser, mine, text

__all__ = [
    "admin",
    "beamline",
    "browser",
    "clock",
    "finish",
    "flow",
    "look",
    "make_flow",
    "make_trigger",
    "mine",
    "raw",
    "root",
    "settled",
    "text",
]
BODY = '{"body": {"word.$": "$.first.name"}}'


@pytest.fixture
def written(beamline, flow):
    """What stands in the form of a trigger that says hello for each file in /raw/."""
    return {
        "input/name": "Hello",
        "input/place/id": str(beamline.pk),
        "input/place/path": "/raw/",
        "input/pattern": "*",
        "input/is_recursive": "on",
        "input/batch?of": "0",
        "input/settle_s": "5",
        "input/every_s": "30",
        "input/flow_id": str(flow.pk),
        "input/body": BODY,
        "input/most_failures": "5",
    }
