"""The search page: what is found, counted and chosen, all of it in the address."""

import ast
import json

import pytest

from apps.search import services as search
from tests.web.conftest import entry


def page(client, query=""):
    return client.get(f"/crystals/?{query}").context["page"]


def titles(page):
    return ["".join(piece.text for piece in hit.title) for hit in page.hits]


def facet(page, label):
    return next(view for view in page.facets if view.label == label)


def counts(view):
    return {option.label: option.count for option in view.options}


def test_each_visitor_finds_what_is_theirs(client, shelf, alice, bob, charlie):
    def total(user):
        client.force_login(user) if user else client.logout()
        return page(client).count

    assert [total(user) for user in (None, charlie, bob, alice)] == ["3 records", "3 records", "5 records", "6 records"]


def test_what_is_hidden_shows_nowhere_on_the_page(client, shelf, charlie):
    client.force_login(charlie)

    for query in (
        "",
        "q=secretase",
        "facet=protein",
        "facet=protein&facet-contains=secret",
        "filter.protein=KRAS&q=zzz",
    ):
        html = client.get(f"/crystals/?{query}").content.decode().replace(f"?{query}", "")
        assert "Run f" not in html
        assert 'value="KRAS"> <span>KRAS</span> <data value="1"' not in html
        assert "secretase</span>" not in html


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(client, shelf, bob):
    client.force_login(bob)

    found = page(client, "filter.protein=PDL1&filter.protein=KRAS&filter-from.rate=10")

    assert titles(found) == ["Run d", "Run e"]
    assert counts(facet(found, "Protein")) == {"KRAS": 1, "Lysozyme": 1, "PDL1": 1}
    assert counts(facet(found, "Made")) == {"2022": 2}


def test_a_value_can_be_excluded_and_keeps_its_place_and_its_count(client, shelf):
    first = next(option for option in facet(page(client), "Protein").options if option.label == "PDL1")
    assert (first.count, first.exclude_label) == (1, "Exclude PDL1")

    found = client.get(first.exclude_url).context["page"]
    assert titles(found) == ["Run b", "Run c"]
    left_out = next(option for option in facet(found, "Protein").options if option.label == "PDL1")
    assert (left_out.is_excluded, left_out.is_chosen, left_out.count) == (True, False, 1)
    assert [(chip.text, chip.is_not) for chip in found.chips] == [("not PDL1", True)]
    assert titles(client.get(left_out.exclude_url).context["page"]) == ["Run a", "Run b", "Run c"]


def test_excluding_a_chosen_value_takes_the_choice_back(client, shelf):
    chosen = page(client, "filter.protein=PDL1&filter.protein=Lysozyme")
    option = next(option for option in facet(chosen, "Protein").options if option.label == "PDL1")

    found = client.get(option.exclude_url).context["page"]
    assert titles(found) == ["Run b", "Run c"]
    assert found.hidden == (("filter-not.protein", "PDL1"),)


def test_a_chosen_year_unfolds_to_months_and_a_month_to_days(client, shelf):
    def made(query):
        return [(option.label, option.count, option.level) for option in facet(page(client, query), "Made").options]

    years = [("2021", 2, 0), ("2020", 1, 0)]
    assert made("") == years
    june, december = ("June", 1, 1), ("December", 1, 1)
    assert made("filter-year.made=2021") == [years[0], june, december, years[1]]
    assert made("filter-month.made=2021-12") == [years[0], june, december, ("31 December", 1, 2), years[1]]
    found = page(client, "filter-month.made=2021-12")
    assert titles(found) == ["Run b"]
    assert found.hidden == ()


def test_a_month_that_is_none_is_told_by_its_field(client, shelf):
    assert [fault.label for fault in page(client, "filter-month.made=2021-13").faults] == ["Made"]


def test_a_chosen_value_without_records_stays_to_be_taken_away(client, shelf):
    found = page(client, "filter.protein=Ubiquitin&q=run")

    chosen = next(option for option in facet(found, "Protein").options if option.is_chosen)
    assert (chosen.label, chosen.count) == ("Ubiquitin", 0)
    assert [chip.remove_url for chip in found.chips] == ["/crystals/?q=run"]


def test_a_rare_value_that_is_chosen_keeps_its_true_count(client, index, put, alice):
    common = [entry(f"{n}{m}", protein=f"P{n}") for n in range(12) for m in "xy"]
    put(index, alice, *common, entry("rare", protein="Z"))

    protein = facet(page(client, "filter.protein=Z"), "Protein")

    assert (len(protein.options), counts(protein)["Z"], bool(protein.all_url)) == (11, 1, True)


def test_a_chosen_value_keeps_its_count_among_a_thousand_others(client, index, put, alice):
    put(index, alice, entry("many", protein=[f"P{n:04}" for n in range(1100)]), entry("rare", protein="Z"))

    protein = facet(page(client, "filter.protein=P0000&filter.protein=P0001&filter.protein=Z"), "Protein")

    assert {option.label: option.count for option in protein.options if option.is_chosen} == {
        "P0000": 1,
        "P0001": 1,
        "Z": 1,
    }


def test_a_year_before_1000_can_be_chosen(client, index, put, alice):
    put(index, alice, entry("old", made="0987-05-03"))

    [year] = facet(page(client), "Made").options

    assert (year.value, year.count) == ("0987", 1)
    assert titles(page(client, f"{year.name}={year.value}")) == ["Run old"]


def test_records_without_a_value_can_be_asked_for(client, shelf):
    rate = facet(page(client), "Hit rate")
    assert [(option.label, option.count) for option in rate.options] == [("missing", 1)]

    assert titles(page(client, f"{rate.options[0].name}=false")) == ["Run c"]


def test_records_with_a_value_can_be_asked_for(client, shelf):
    [missing] = facet(page(client), "Hit rate").options

    [excluded] = facet(page(client, missing.exclude_url.split("?")[1]), "Hit rate").options

    assert missing.exclude_label == "Exclude missing"
    assert titles(page(client, missing.exclude_url.split("?")[1])) == ["Run a", "Run b"]
    assert (excluded.is_excluded, excluded.exclude_label, excluded.exclude_url) == (
        True,
        "Include missing",
        "/crystals/",
    )


def test_the_bars_of_a_number_stand_where_all_records_need_them(client, shelf, alice):
    client.force_login(alice)

    whole, narrowed = (facet(page(client, query), "Hit rate").histogram for query in ("", "filter-to.rate=12"))

    assert (whole.low_text, whole.high_text) == (narrowed.low_text, narrowed.high_text) == ("0", "60")
    assert [bar.kind for bar in narrowed.bars] == ["in", "in", "in", "out", "out"]


def test_the_last_second_of_a_year_belongs_to_it(client, shelf):
    assert titles(page(client, "filter-year.made=2021&sort=made")) == ["Run c", "Run b"]
    assert titles(page(client, "filter-from.made=2021-12-31&filter-to.made=2021-12-31")) == ["Run b"]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("filter-range.rate=1,5--", "Hit rate"),
        ("filter-from.rate=abc", "Hit rate"),
        ("filter-from.made=2021-02-30", "Made"),
        ("page=nought", "Page"),
        ("limit=-1", "Records a page"),
        ("cursor=nonsense", "Place among the results"),
        ("q=%28&advanced=true", "Search"),
    ],
)
def test_a_malformed_value_is_told_by_its_field_and_the_page_is_usable(client, shelf, query, label):
    answer = client.get(f"/crystals/?{query}&filter.protein=PDL1")

    assert answer.status_code == 400
    assert [fault.label for fault in answer.context["page"].faults] == [label]
    assert [chip.text for chip in answer.context["page"].chips] == ["PDL1"]


def test_a_malformed_end_stays_in_its_box(client, shelf):
    html = client.get("/crystals/?filter-from.rate=1,5&filter-to.rate=9").content.decode()

    assert 'name="filter-from.rate" value="1,5"' in html
    assert 'name="filter-to.rate" value="9"' in html


def test_words_that_matched_are_marked(client, index, put, alice):
    put(index, alice, entry("r", notes="Crystals soaked <b>5</b> min"))

    html = client.get("/crystals/?q=soak").content.decode()

    assert "Crystals <mark>soaked</mark> &lt;b&gt;5&lt;/b&gt; min" in html


def test_a_misspelt_word_is_answered_with_a_word_that_is_there(client, shelf):
    found = page(client, "q=lysozime&limit=25")

    assert (found.did_you_mean.label, found.did_you_mean.url) == ("lysozyme", "/crystals/?q=lysozyme&limit=25")


def test_no_hits_tell_which_part_of_the_search_did_it(client, shelf, bob):
    query = "q=run&filter.protein=KRAS&filter-from.rate=50&filter-year.made=2022"
    client.force_login(bob)
    found = page(client, query)
    assert [(one.part, one.total_text) for one in found.culprits] == [
        ("Protein: KRAS", "1"),
        ("Hit rate: from 50 %", "1"),
        ("the words “run”", "0"),
        ("Made: 2022", "0"),
    ]
    assert titles(client.get(found.culprits[0].url).context["page"]) == ["Run d"]
    client.logout()
    assert {one.total for one in page(client, query).culprits} == {0}


def test_no_hits_come_with_ways_out(client, shelf):
    found = page(client, "q=nothing&filter.protein=PDL1&filter-exists.rate=false")

    assert {link.label: link.url for link in found.ways_out}["Clear all filters"] == "/crystals/?q=nothing"
    assert found.nothing == "No record matches “nothing” and the filters"


def test_what_no_control_shows_is_kept_by_the_form(client, shelf):
    found = page(client, "filter-not.protein=KRAS&filter.title=Run+a&filter.protein=PDL1&view=x&page=1")

    assert found.hidden == (("filter-not.protein", "KRAS"), ("filter.title", "Run a"), ("view", "x"))


def test_pages_go_on_by_number(client, index, put, alice):
    put(index, alice, *(entry(f"{n:03}") for n in range(35)))

    second = page(client, "page=2&sort=title")

    assert second.pager.text == "11 to 20 of 35"
    assert [link.label for link in second.pager.links] == ["1", "2", "3", "4"]
    assert (second.pager.previous_url, second.pager.next_url) == (
        "/crystals/?sort=title",
        "/crystals/?sort=title&page=3",
    )


def test_pages_go_on_by_cursor_behind_the_last_number(client, index, put, alice, monkeypatch):
    monkeypatch.setattr("apps.web.results.pager.MAX_WINDOW", 20)
    put(index, alice, *(entry(f"{n:03}") for n in range(35)))

    at, seen = "/crystals/?sort=title", []
    while at:
        found = client.get(at).context["page"]
        seen += titles(found)
        at = found.pager.next_url

    assert seen == [f"Run {n:03}" for n in range(35)]


def test_the_same_address_answers_json_as_the_api_does(client, shelf, bob):
    client.force_login(bob)
    query = "q=run&filter.protein=PDL1"
    by_api = client.get(f"/api/search/v1/index/{shelf.id}/search?{query}").json()

    assert client.get(f"/crystals/?{query}&format=json").json() == by_api
    assert client.get(f"/crystals/?{query}", headers={"accept": "application/json"}).json() == by_api
    assert (by_api["total"], client.get("/crystals/?sort=&limit=x&format=json").status_code) == (2, 400)


def test_a_page_shows_itself_as_calls_that_find_the_same(client, shelf):
    api = page(client, "q=run&filter.protein=Lysozyme&filter-from.rate=1").api

    by_document = client.post(
        f"/api/search/v1/index/{shelf.id}/search", api.document, content_type="application/json"
    ).json()
    assert client.get(api.href).json()["total"] == by_document["total"] == 1
    assert api.curl.startswith('curl -H "Authorization: Bearer $TOKEN" \'')
    called = ast.parse(api.python).body[2].value
    assert ast.literal_eval(called.args[1]) == json.loads(api.document)


def test_all_values_of_a_facet_can_be_searched_and_paged(client, index, put, alice):
    put(index, alice, *(entry(str(n), protein=f"P{n:03}") for n in range(130)))

    first = page(client, "facet=protein")
    second = client.get(first.next_url).context["page"]
    found = page(client, "facet=protein&facet-contains=p12")

    assert (len(first.options), len(second.options), second.next_url) == (100, 30, "")
    assert [option.label for option in found.options] == [f"P12{n}" for n in range(10)]


def test_the_index_is_found_by_its_uuid_and_not_by_those_who_may_not_see_it(client, shelf, alice, charlie):
    assert client.get(f"/{shelf.id}/").status_code == 200
    hidden = search.create_index(actor=alice, display_name="Plans", slug="plans", visible_to=())
    client.force_login(charlie)

    assert [client.get(f"/{name}/").status_code for name in ("plans", hidden.id, "nowhere")] == [404, 404, 404]


def test_an_index_that_nobody_described_has_facets_of_its_own(client, alice, put):
    index = search.create_index(actor=alice, display_name="New", slug="new")
    put(index, alice, *(entry(str(n), colour="red" if n % 2 else "blue", size=n) for n in range(10)))

    found = client.get("/new/").context["page"]

    assert {view.label: view.kind for view in found.facets} == {"Colour": "values", "Size": "numbers"}
    assert titles(found)[0] == "Run 0"


def test_an_index_says_what_its_box_is_for_and_what_counts_more(client, index, alice, put):
    put(index, alice, entry("a", note="lysozyme lysozyme lysozyme"), entry("b", protein="Lysozyme", note="other words"))
    before = titles(page(client, "q=lysozyme"))
    declared = {
        **index.presentation,
        "intro": "Runs <b>of</b> the beamline",
        "placeholder": "Protein or note",
        "boosts": [{"path": "protein", "factor": 50}],
    }
    search.present(index=index, actor=alice, document=declared)

    html = client.get("/crystals/?q=lysozyme").content.decode()
    assert 'placeholder="Protein or note"' in html
    assert "Runs &lt;b&gt;of&lt;/b&gt; the beamline" in html
    assert (before, titles(page(client, "q=lysozyme"))) == (["Run a", "Run b"], ["Run b", "Run a"])


def test_values_that_are_paths_are_a_tree_with_true_counts(client, index, alice, put):
    declared = {**index.presentation, "facets": [{"path": "folder", "label": "Folder", "separator": "/"}]}
    search.present(index=index, actor=alice, document=declared)
    put(
        index,
        alice,
        entry("a", folder=["raw/s8/one", "raw/s8/two"]),
        entry("b", folder="raw/s9"),
        entry("c", folder="reduced"),
        entry("d"),
        entry("e", folder=5),
    )

    def lines(query):
        view = facet(page(client, query), "Folder")
        return [(option.label, option.count, option.level) for option in view.options]

    top = [("raw/", 2, 0), ("reduced", 1, 0), ("missing", 1, 0)]
    assert lines("") == top
    assert lines("filter-like.folder=raw/*") == [top[0], ("s8/", 1, 1), ("s9", 1, 1), *top[1:]]
    assert titles(page(client, "filter-like.folder=raw/s8/*&filter-like.folder=reduced")) == ["Run a", "Run c"]
    assert ("one", 1, 2) in lines("filter-like.folder=raw/s8/*")


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_page_of_fifty_records_and_ten_facets_takes_few_questions_to_the_database(
    client, index, alice, put, django_assert_max_num_queries, is_signed_in
):
    words = [{"path": f"word{n}", "label": f"Word {n}"} for n in range(5)]
    numbers = [{"path": f"number{n}", "label": f"Number {n}", "kind": "number"} for n in range(5)]
    search.present(index=index, actor=alice, document={**index.presentation, "facets": [*words, *numbers]})
    content = {f"word{n}": f"w{n}" for n in range(5)} | {f"number{n}": n for n in range(5)}
    put(index, alice, *(entry(f"r{n:02}", **content) for n in range(60)))
    if is_signed_in:
        client.force_login(alice)
    client.get("/crystals/")

    with django_assert_max_num_queries(9):
        found = page(client, "limit=50&q=run")
    assert (len(found.hits), len(found.facets)) == (50, 10)


def test_a_script_is_given_the_part_that_changes_and_nothing_else(client, shelf):
    whole = client.get("/crystals/?q=run")
    part = client.get("/crystals/?q=run", headers={"hx-request": "true"})
    back = client.get("/crystals/?q=run", headers={"hx-request": "true", "hx-history-restore-request": "true"})

    assert part.content.strip().startswith(b"<title>run \xc2\xb7 Crystals \xc2\xb7 Vitrine</title>")
    assert b"<html" not in part.content
    assert part.content.count(b"<form") == 1
    assert len(whole.content) == len(back.content) > len(part.content)
    assert "HX-Request" in whole["Vary"]


def test_the_handles_of_a_logarithmic_scale_say_values_and_not_exponents(client, index, alice, put):
    put(index, alice, *(entry(str(n), rate=rate) for n, rate in enumerate((1, 2, 3, 4, 100_000))))

    html = client.get("/crystals/?filter-from.rate=20").content.decode()

    assert 'aria-label="Hit rate, lowest" aria-valuetext="20"' in html
    assert 'aria-label="Hit rate, highest" aria-valuetext="100,000"' in html
