"""An index on the embedded engine, with entries that are public, a group's, and Alice's alone."""

import pytest
from django.utils import timezone

from apps.access.types import PUBLIC, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.search import ingest
from apps.search import services as search
from apps.search.types import EntryDraft

PRESENTATION = {
    "title": "title",
    "summary": [
        {"path": "protein", "label": "Protein"},
        {"path": "rate", "label": "Hit rate", "unit": "%", "kind": "number"},
    ],
    "facets": [
        {"path": "protein", "label": "Protein"},
        {"path": "rate", "label": "Hit rate", "unit": "%", "kind": "number"},
        {"path": "made", "label": "Made", "kind": "date"},
    ],
}


@pytest.fixture
def put(settings, tmp_path):
    """Write entries and let the worker's work be done here, so that they can be found."""

    def put(index, actor, *entries):
        search.submit_entries(index=index, actor=actor, entries=entries)
        ingest.drain(index.id, clock=timezone.now)

    return put


@pytest.fixture
def index(alice):
    return search.create_index(
        actor=alice, display_name="Crystals", slug="crystals", visible_to=(PUBLIC,), presentation=PRESENTATION
    )


@pytest.fixture
def shelf(index, put, alice, team):
    """Six records: three are public, two the team's, one is Alice's; one public record has no hit rate."""
    group, owner = group_urn(team.id), identity_urn(accounts.identity_ids_of(alice)[0])
    put(
        index,
        alice,
        entry("a", protein="PDL1", rate=5.5, made="2020-03-01"),
        entry("b", protein="Lysozyme", rate=21, made="2021-12-31T23:59:59Z"),
        entry("c", protein="Lysozyme", made="2021-06-01"),
        entry("d", group, protein="PDL1", rate=60, made="2022-01-01"),
        entry("e", group, protein="KRAS", rate=12, made="2022-01-02"),
        entry("f", owner, protein="secretase", rate=1, made="2023-01-02"),
    )
    return index


def entry(subject, visible_to=PUBLIC, entry_id="", **content):
    return EntryDraft(subject, {"title": f"Run {subject}", **content}, (visible_to,), entry_id)
