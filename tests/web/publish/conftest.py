"""Dana's form and archive, Alice's draft, and browsers that are signed in."""

from tests.flows.conftest import carry, clock, make_flow, run_of, start
from tests.publish.conftest import (
    archive,
    dana,
    document,
    draft,
    draft_of,
    form,
    index,
    installed,
    make_form,
    make_place,
    published,
    staging,
    team_urn,
    work,
)
from tests.web.flows.conftest import browser, mine

__all__ = [
    "archive",
    "browser",
    "carry",
    "clock",
    "dana",
    "document",
    "draft",
    "draft_of",
    "form",
    "index",
    "installed",
    "make_flow",
    "make_form",
    "make_place",
    "mine",
    "published",
    "run_of",
    "staging",
    "start",
    "team_urn",
    "work",
]
