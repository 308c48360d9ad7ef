"""A facet is shown to those for whom it holds something."""

import pytest

from apps.access.types import group_urn
from tests.web.conftest import PRESENTATION, entry


@pytest.fixture
def declared(index, shelf, put, alice, team):
    """Facets of each kind over paths that only the team's records have, and one that nobody's have."""
    hidden = [
        {"path": "sponsor", "label": "Sponsor"},
        {"path": "dose", "label": "Dose", "kind": "number"},
        {"path": "grown", "label": "Grown", "kind": "date"},
        {"path": "folder", "label": "Folder", "separator": "/"},
        {"path": "never", "label": "Never"},
    ]
    index.presentation = {**PRESENTATION, "facets": [*PRESENTATION["facets"], *hidden]}
    index.save()
    more = {"sponsor": "ACME", "dose": 7, "grown": "2020-02-02", "folder": "a/b"}
    put(index, alice, entry("g", group_urn(team.id), **more))
    return index


def labels(client, query=""):
    return [facet.label for facet in client.get(f"/crystals/?{query}").context["page"].facets]


EVERYBODYS = ["Protein", "Hit rate", "Made"]
TEAMS = ["Sponsor", "Dose", "Grown", "Folder"]


@pytest.mark.parametrize("query", ["", "q=run", "q=zzz", "filter.protein=PDL1", "q=%22&advanced=true"])
def test_a_facet_of_hidden_records_alone_is_shown_to_those_who_see_them(client, declared, bob, query):
    nobodys = labels(client, query)
    client.force_login(bob)

    assert (nobodys, labels(client, query)) == (EVERYBODYS, EVERYBODYS + TEAMS)


def test_a_facet_that_is_empty_in_these_results_alone_keeps_its_place(client, declared, bob):
    client.force_login(bob)

    assert labels(client, "q=lysozyme") == EVERYBODYS + TEAMS


def test_a_facet_of_which_something_is_chosen_is_there_to_be_taken_back(client, declared):
    assert labels(client, "filter.sponsor=ACME") == [*EVERYBODYS, "Sponsor"]
    assert labels(client, "filter-from.dose=1,5") == [*EVERYBODYS, "Dose"]


def test_a_page_without_an_empty_facet_asks_no_more_than_before(client, shelf, django_assert_max_num_queries):
    client.get("/crystals/")

    with django_assert_max_num_queries(9):
        client.get("/crystals/?q=run")
