"""A search inside a facet that has more values than it shows, on the search page itself."""

import pytest

from apps.access.types import group_urn
from tests.web.conftest import entry

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def many(index, put, alice, team):
    """Twelve proteins that all may see, two that the team may; each in as many records as its number says."""
    told = [entry(f"{n}.{at}", protein=f"P{n:02}ase", rate=n) for n in range(1, 13) for at in range(n)]
    hidden = [entry(f"h{n}", group_urn(team.id), protein=f"Hidden{n}ase", rate=n) for n in range(2)]
    put(index, alice, *told, *hidden)
    return index


def page(client, query=""):
    return client.get(f"/crystals/?{query}").context["page"]


def facet(page):
    return next(view for view in page.facets if view.label == "Protein")


def counts(view):
    return {option.label: option.count for option in view.options}


def test_a_facet_with_more_values_than_it_shows_has_a_box(client, many):
    assert facet(page(client)).find.name == "facet-contains.protein"
    assert facet(page(client, "filter-from.rate=9&facet-contains.rate=x")).find is None


def test_values_that_hold_a_text_are_shown_with_their_true_counts(client, many):
    found = page(client, "facet-contains.protein=p0&filter-from.rate=3&filter-to.rate=4")

    assert counts(facet(found)) == {"P04ase": 4, "P03ase": 3}
    assert (found.count, facet(found).find.text) == ("7 records", "p0")


def test_a_chosen_value_keeps_its_place_and_its_count(client, many):
    found = page(client, "facet-contains.protein=p03&filter.protein=P12ase")

    assert counts(facet(found)) == {"P03ase": 3, "P12ase": 12}
    assert found.count == "12 records"


def test_a_text_that_no_value_holds_is_told_and_the_box_stays(client, many):
    view = facet(page(client, "facet-contains.protein=zzz"))

    assert (view.options, view.nothing, view.find.text) == ((), "no value holds “zzz”", "zzz")


def test_the_form_and_the_links_keep_what_is_searched_for(client, many):
    found = page(client, "facet-contains.protein=ase&filter.rate=2")

    assert ("facet-contains.protein", "ase") not in found.hidden
    assert "facet-contains.protein=ase" in found.chips[0].remove_url
    assert facet(page(client, "facet-contains.protein=ase")).all_url == "/crystals/?facet=protein&facet-contains=ase"


def test_a_script_is_given_the_values_alone_and_the_address_of_the_page(client, many):
    view = facet(page(client, "filter.rate=3&q=run"))
    at = facet(page(client, "q=run")).find.part_url
    answer = client.get(f"{at}&facet-contains.protein=P03", headers=SCRIPT)

    html = answer.content.decode()
    assert view.find is None
    assert 'value="P03ase"' in html
    assert "<form" not in html
    assert answer["HX-Replace-Url"] == "/crystals/?q=run&facet-contains.protein=P03"


def test_a_page_at_the_address_of_a_part_does_not_pass_it_on(client, many):
    found = page(client, "facet-part=protein&filter.rate=3")

    assert found.chips[0].remove_url == "/crystals/"
    assert "facet-part" not in dict(found.hidden)


@pytest.mark.parametrize("text", ["hidden", "Hidden0ase"])
def test_nobody_finds_a_value_of_hidden_records(client, many, text):
    address = f"/crystals/?facet-part=protein&facet-contains.protein={text}"

    assert facet(page(client, f"facet-contains.protein={text}")).options == ()
    assert b"<li" not in client.get(address, headers=SCRIPT).content


@pytest.mark.parametrize("query", ["facet-part=nothing", "facet-part=%00&facet-contains.protein=%00", "facet-part="])
def test_no_address_breaks_the_part(client, many, query):
    assert client.get(f"/crystals/?{query}", headers=SCRIPT).status_code in {200, 400, 404}
    assert client.get(f"/crystals/?{query}").status_code == 200


FOLDERS = ["raw/s8/one", "raw/s8/two", "raw/s9/One more", "reduced/s8", "reduced/old", "notes"]


@pytest.fixture
def folders(index, put, alice, team):
    """Folders that all may see, and one that the team may; each as often as its place says."""
    index.presentation = {**index.presentation, "facets": [{"path": "in", "label": "Protein", "separator": "/"}]}
    index.save()
    told = [entry(f"{n}.{at}", **{"in": folder}) for n, folder in enumerate(FOLDERS, 1) for at in range(n)]
    put(index, alice, *told, entry("h", group_urn(team.id), **{"in": "raw/hidden/one"}))
    return index


def lines(view):
    return [(option.label, option.count, option.level) for option in view.options]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one", [("raw/", 6, 0), ("s8/", 3, 1), ("one", 1, 2), ("s9/", 3, 1), ("One more", 3, 2)]),
        ("S8", [("raw/", 6, 0), ("s8/", 3, 1), ("reduced/", 9, 0), ("s8", 4, 1)]),
        ("raw", [("raw/", 6, 0)]),
        ("s8/t", [("raw/", 6, 0), ("s8/", 3, 1), ("two", 2, 2)]),
        ("hidden", []),
    ],
)
def test_levels_open_down_to_what_holds_the_text_with_their_true_counts(client, folders, text, found):
    assert lines(facet(page(client, f"facet-contains.in={text}"))) == found


def test_a_chosen_line_keeps_its_place_beside_what_is_found(client, folders):
    view = facet(page(client, "facet-contains.in=old&filter-like.in=raw/s9/*"))

    assert [option.label for option in view.options if option.is_chosen] == ["s9/"]
    assert lines(view) == [("raw/", 6, 0), ("s9/", 3, 1), ("reduced/", 9, 0), ("old", 5, 1)]


def test_levels_have_a_box_where_some_are_folded(client, folders):
    assert facet(page(client)).find.name == "facet-contains.in"
    assert facet(page(client, "q=notes")).find is None
    assert facet(page(client, "facet-contains.in=zzz")).nothing == "no value holds “zzz”"


def test_a_script_is_given_the_levels_alone(client, folders):
    at = facet(page(client, "q=run")).find.part_url
    answer = client.get(f"{at}&facet-contains.in=two", headers=SCRIPT)

    html = answer.content.decode()
    assert ('value="raw/s8/two"' in html, '<data value="2">2</data>' in html, "<form" in html) == (True, True, False)
    assert answer["HX-Replace-Url"] == "/crystals/?q=run&facet-contains.in=two"
