"""Each line of the help beside the search box does what it says."""

import pytest

from apps.search.types import Presentation, Shown
from apps.web.results import help as search_help
from tests.web.conftest import entry

RECORDS = {
    "soaked": {"protein": "Lysozyme", "rate": 21, "made": "2021-06-01", "notes": "Soaked on a chip and dried"},
    "beside": {"protein": "KRAS", "rate": 5, "made": "2020-01-01", "notes": "The soaked chip, and 10.1000/a-b"},
    "soaking": {"protein": "soaked chip", "rate": 20, "notes": "Soaking at the Café"},
    "other": {"made": "2021-01-01", "notes": "none of it"},
}
FOUND = {
    "soaked chip": ["beside", "soaked", "soaking"],
    '"soaked chip"': ["beside", "soaking"],
    "lyso*": ["soaked"],
    "CAFE": ["soaking"],
    "10.1000/a-b": ["beside"],
    "soaked AND (chip)": ["beside", "soaked"],
    "*": ["beside", "other", "soaked", "soaking"],
    "soak": ["beside", "soaked", "soaking"],
    "lysozyme OR kras": ["beside", "soaked"],
    "soaked NOT lysozyme": ["beside", "soaking"],
    "soaked -lysozyme": ["beside", "soaking"],
    "(lysozyme OR kras) chip": ["beside", "soaked"],
    "lys?zyme": ["soaked"],
    "lysozime~": ["soaked"],
    '"soaked chip"~3': ["beside", "soaked", "soaking"],
    "lysozyme^3 OR kras": ["soaked", "beside"],
    "10.1000\\/a\\-b": ["beside"],
    "protein:lysozyme": ["soaked"],
    'protein:"soaked chip"': ["soaking"],
    "_exists_:protein": ["beside", "soaked", "soaking"],
    "rate:[5 TO 20]": ["beside", "soaking"],
    "rate:>=5": ["beside", "soaked", "soaking"],
    "made:[2021-01-01 TO *]": ["other", "soaked"],
}


@pytest.fixture
def shelf(index, put, alice):
    put(index, alice, *(entry(subject, **content) for subject, content in RECORDS.items()))
    return index


def found(client, **parameters):
    return [hit.subject for hit in client.get("/crystals/", parameters).context["page"].hits]


def test_each_line_finds_what_it_says(client, shelf):
    told = client.get("/crystals/").context["page"].help

    simple = {line.typed: sorted(found(client, q=line.typed)) for line in told.simple}
    advanced = {line.typed: found(client, q=line.typed, advanced="true") for line in told.advanced}

    assert simple | {typed: sorted(hits) for typed, hits in advanced.items()} == {
        typed: sorted(hits) for typed, hits in FOUND.items()
    }
    assert advanced["lysozyme^3 OR kras"] == ["soaked", "beside"]


@pytest.mark.parametrize(
    ("typed", "subjects"),
    [
        ("lys*e", ["soaked"]),
        ("lysozime~1", ["soaked"]),
        ("rate:{5 TO 20}", []),
        ("rate:>5", ["soaked", "soaking"]),
        ("rate:<=5", ["beside"]),
        ("rate:<5", []),
    ],
)
def test_what_a_line_says_by_the_way_is_true_too(client, shelf, typed, subjects):
    assert sorted(found(client, q=typed, advanced="true")) == subjects


def test_the_examples_name_fields_of_the_index_as_they_must_be_typed(client, index, put, alice):
    shown = Presentation(summary=(Shown("a b.project-slug", "Slug"),))
    put(index, alice, entry("r", **{"a b": {"project-slug": "lysozyme"}}))

    told = search_help.build(shown, is_stemmed=False, is_advanced=True)

    [line] = [line for line in told.advanced if line.typed.endswith(":lysozyme")]
    assert line.typed == "a\\ b.project\\-slug:lysozyme"
    assert found(client, q=line.typed, advanced="true") == ["r"]
    assert search_help.STEMMED not in told.simple


def test_an_advanced_search_stays_advanced(client, shelf):
    page = client.get("/crystals/?q=lysozyme+OR+kras&advanced=true&limit=1").context["page"]

    assert page.help.is_advanced
    assert "advanced=true" in page.pager.next_url
    assert ("advanced", "true") not in page.hidden  # The box says it, and can be unticked.
