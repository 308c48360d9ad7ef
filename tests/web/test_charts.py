"""Charts of the results: counts of all of them, bars that lead to what they count, a table that says the same."""

import pytest

from apps.access.types import PUBLIC
from apps.search import services as search
from apps.web.charts import questions
from tests.web.conftest import PRESENTATION, entry

GRID = {"type": "grid", "path": "protein", "across": "run", "label": "Proteins by run"}
CHARTS = [
    {"type": "bars", "path": "protein", "label": "Proteins"},
    {"type": "years", "path": "made", "label": "Years"},
    {"type": "histogram", "path": "rate", "label": "Rates"},
    {"type": "histogram", "path": "size", "label": "Sizes"},
    GRID,
    {"type": "years", "path": "published", "label": "Published"},
]
COLUMNS = [{"path": "published", "label": "Published", "kind": "number"}]


@pytest.fixture
def runs(alice, put):
    """Forty records with numbers on the edges of bars, several values of a path, and gaps."""
    index = search.create_index(
        actor=alice,
        display_name="Runs",
        slug="runs",
        visible_to=(PUBLIC,),
        presentation={**PRESENTATION, "charts": CHARTS, "columns": COLUMNS},
    )
    proteins = ["PDL1", ["PDL1", "KRAS"], "Lysozyme", "", None]
    put(
        index,
        alice,
        *(
            entry(
                f"{n:02}",
                protein=proteins[n % 5],
                run=f"S{n % 3}",
                rate=[n % 11, 10] if n % 4 else "none",
                published=[1990 + n % 9, 2001] if n % 8 else "soon",
                size=10.0 ** (n % 7),
                made=[f"20{15 + n % 6 * (n % 6 != 4)}-01-01", f"20{15 + n % 2}-02-01"],
            )
            for n in range(40)
        ),
    )
    return index


def charts(client, query="", slug="runs"):
    return {figure.title: figure for figure in client.get(f"/{slug}/?{query}").context["charts"]}


def total(client, url):
    return int(client.get(url).context["page"].count.split()[0].replace(",", ""))


def links(figure):
    """Each address of a figure, and how many records it shall find."""
    for row in figure.table.rows:
        if row.url and len(row.cells) == 1:
            yield row.url, row.cells[0].count
        yield from ((cell.url, cell.count) for cell in row.cells if cell.url)
    yield from ((note.url, int(note.text.split()[0])) for note in figure.notes if note.url)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=run&filter.protein=PDL1&filter.run=S1",
        "filter.protein=KRAS&filter.protein=Lysozyme&filter-year.made=2016&filter-year.made=2017",
        "filter-range.rate=2--7",
        "filter-range.rate=*--<10&filter-not.protein=KRAS",
        "filter-exists.protein=false&filter.protein=Lysozyme&filter-range.size=5--",
        "filter.published=1992&filter.published=soon",
        "filter-match-all.protein=PDL1&filter-match-all.protein=KRAS",
    ],
)
def test_each_link_of_a_chart_finds_as_many_records_as_it_says(client, runs, query):
    for title, figure in charts(client, query).items():
        for url, count in links(figure):
            assert (title, url, total(client, url)) == (title, url, count)


def test_a_chart_is_of_the_result_where_a_facet_is_not(client, shelf):
    bars = charts(client, "filter.protein=Lysozyme", "crystals")["Protein"].table.rows

    assert [(row.label, row.cells[0].count) for row in bars] == [("Lysozyme", 2)]


def test_a_mean_is_of_the_values_and_what_is_missing_is_said(client, shelf):
    rate = charts(client, "", "crystals")["Hit rate"]

    assert rate.fact == "mean 13.2 % of 2 values"
    assert [note.text for note in rate.notes] == ["1 record has no hit rate."]


def test_what_is_no_number_is_said(client, runs):
    assert [note.text for note in charts(client)["Rates"].notes] == ["10 records have one that is no number."]


def test_years_without_a_record_stand_between_the_others(client, runs):
    years = charts(client)["Years"]

    assert [(row.label, row.cells[0].count) for row in years.table.rows] == [
        ("2015", 20),
        ("2016", 20),
        ("2017", 7),
        ("2018", 7),
        ("2019", 0),
        ("2020", 6),
    ]
    assert (years.fact, years.table.rows[4].url) == ("most: 2015, 20 of 40 records", "")


def test_years_may_be_numbers(client, runs):
    years = charts(client, "filter.published=1991")["Published"]

    assert [(row.label, row.cells[0].count) for row in years.table.rows if row.url] == [("1991", 5), ("2001", 5)]
    assert [note.text for note in charts(client)["Published"].notes] == ["1 value is no year."]


def test_a_grid_counts_one_path_within_another(client, runs):
    grid = charts(client, "filter.run=S0&filter.run=S1")["Proteins by run"]

    assert grid.table.head == ("Protein", "S0", "S1")
    assert [(row.label, [cell.count for cell in row.cells]) for row in grid.table.rows][:2] == [
        ("PDL1", [6, 5]),
        ("KRAS", [3, 3]),
    ]


def test_a_grid_with_more_values_than_are_counted_is_not_drawn_wrong(client, runs, monkeypatch):
    monkeypatch.setattr(questions, "GRID_VALUES", 1)

    assert "Proteins by run" not in charts(client, "filter.run=S0&filter.run=S1")


def test_a_drawing_has_the_numbers_and_links_of_its_table(client, runs):
    for figure in charts(client, "filter.protein=PDL1").values():
        drawn = {(mark.title.rpartition(": ")[2], mark.url) for mark in figure.drawing.marks}
        told = {(cell.count_text, cell.url or row.url) for row in figure.table.rows for cell in row.cells if cell.count}
        assert drawn == told


def test_charts_and_facets_share_their_questions(client, shelf, monkeypatch):
    asked = []
    find = search.find
    monkeypatch.setattr(search, "find", lambda **given: asked.append(given["request"].query) or find(**given))

    charts(client, "q=run", "crystals")

    names = [[facet.name for facet in query.facets] for query in asked]
    assert names == [["rate"], ["f0", "f1", "f2", "c1.statistics"]]


def test_nobody_sees_a_bar_of_what_is_hidden(client, shelf, alice, charlie):
    grid = {"type": "grid", "path": "protein", "across": "title"}
    declared = {**PRESENTATION, "charts": [grid, *({"type": one, "path": "made"} for one in ("years", "bars"))]}
    search.present(index=shelf, actor=alice, document=declared)
    client.force_login(charlie)

    answer = client.get("/crystals/")

    assert not [text for text in ("KRAS", "secretase", "Run d", "2022", "2023") if text in answer.content.decode()]
    grid, *_ = answer.context["charts"]
    assert (grid.table.head, len(grid.table.rows)) == (("Protein", "Run a", "Run b", "Run c"), 2)


def test_an_empty_result_has_no_charts(client, shelf):
    assert charts(client, "q=nothing", "crystals") == {}
