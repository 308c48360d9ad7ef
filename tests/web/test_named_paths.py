"""What an index declares is named to those for whom it holds something."""

import pytest

from apps.access.types import group_urn
from apps.search.backends import engine
from tests.web.conftest import PRESENTATION, entry

HIDDEN = [
    {"path": "sponsor", "label": "Sponsor"},
    {"path": "dose", "label": "Dose", "kind": "number"},
    {"path": "grown", "label": "Grown", "kind": "date"},
    {"path": "folder", "label": "Folder", "separator": "/"},
    {"path": "never", "label": "Never"},
]
CHARTS = [
    {"type": "bars", "path": "sponsor", "label": "Sponsor"},
    {"type": "grid", "path": "protein", "across": "sponsor", "label": "Sponsor of proteins"},
    {"type": "years", "path": "grown", "label": "Grown by year"},
    {"type": "histogram", "path": "dose", "label": "Doses"},
]
DOCUMENT = {
    **PRESENTATION,
    "facets": [*PRESENTATION["facets"], *HIDDEN],
    "columns": [{"path": "protein", "label": "Protein"}, *({**row, "separator": ""} for row in HIDDEN)],
    "charts": CHARTS,
    "sorts": [{"path": "rate", "label": "Best first"}, {"path": "dose", "label": "Dose, highest first"}],
}
for column in DOCUMENT["columns"]:
    column.pop("separator", None)


@pytest.fixture
def declared(index, shelf, put, alice, team):
    """Facets, columns, charts and orders over paths that only the team's records have, and one that nobody's have."""
    index.presentation = DOCUMENT
    index.save()
    more = {"sponsor": "ACME", "dose": [7, 9], "grown": "2020-02-02", "folder": "a/b"}
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


def as_each(client, *people):
    """A turn as each of them; None is nobody."""
    for user in people:
        client.force_login(user) if user else client.logout()
        yield client


def test_columns_and_orders_are_named_to_those_who_see_what_is_there(client, declared, alice, bob, charlie):
    def told(client):
        context = client.get("/crystals/?view=table").context
        headings = [heading.label for heading in context["table"].headings]
        return headings, [choice.label for choice in context["page"].sorts]

    seen = [told(one) for one in as_each(client, alice, bob, charlie, None)]

    few = (["Protein"], ["Best match", "Best first"])
    many = (["Protein", *TEAMS], [*few[1], "Dose, highest first"])
    assert seen == [many, many, few, few]


def test_charts_are_drawn_for_those_who_see_what_is_there(client, declared, alice, bob, charlie):
    pages = [one.get("/crystals/").context["charts"] for one in as_each(client, alice, bob, charlie, None)]

    many = ["Sponsor", "Grown by year", "Doses"]  # No record has a protein and a sponsor.
    assert [[figure.title for figure in charts] for charts in pages] == [many, many, [], []]


@pytest.mark.parametrize(
    "at",
    ["?", "?view=table", "?q=run&advanced=true", "?view=table&filter.protein=PDL1", "?q=zzz", "download/?as=csv"],
)
def test_no_label_of_a_hidden_path_stands_anywhere(client, declared, charlie, bob, at):
    def said(client):
        answer = client.get(f"/crystals/{at}")
        return b"".join(answer) if answer.streaming else answer.content

    hidden, shown = (said(one) for one in as_each(client, charlie, bob))

    assert not [word for word in (b"Sponsor", b"Dose", b"Grown", b"Folder", b"Never") if word in hidden]
    assert b"Sponsor" in shown


def test_a_preview_has_the_columns_and_orders_that_hold_nothing_yet(client, declared, alice):
    client.force_login(alice)
    draft = '{"facets": [{"path": "never"}], "sorts": [{"path": "never", "label": "Never first"}]}'

    page = client.post("/crystals/manage/presentation/preview/", {"document": draft}).context["page"]

    assert (page.facets, [choice.label for choice in page.sorts]) == ((), ["Best match", "Never first"])


@pytest.fixture
def asked(monkeypatch):
    """The questions that the engine is asked, one by one."""
    asked, search = [], engine().search
    monkeypatch.setattr(engine(), "search", lambda *given: asked.append(given[1]) or search(*given))
    return asked


@pytest.mark.parametrize("query", ["", "q=run", "view=table&filter.protein=PDL1"])
def test_a_page_asks_the_engine_for_its_measures_and_its_answer_alone(client, declared, asked, query):
    client.get(f"/crystals/?{query}")
    asked.clear()

    client.get(f"/crystals/?{query}")

    assert len(asked) == 2


def test_what_is_held_is_asked_once_for_each_round_of_writes(client, declared, put, alice, asked):
    def times(number):
        asked.clear()
        for _ in range(number):
            client.get("/crystals/")
        return len(asked)

    assert [times(2), times(2)] == [5, 4]
    put(declared, alice, entry("h", sponsor="ACME"))
    assert labels(client) == [*EVERYBODYS, "Sponsor"]


def test_a_page_asks_the_database_no_more_than_before(client, declared, django_assert_max_num_queries):
    client.get("/crystals/")

    with django_assert_max_num_queries(9):
        client.get("/crystals/?q=run")
