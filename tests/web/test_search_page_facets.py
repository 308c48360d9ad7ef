"""The facets of the search page: what may be chosen, and how often it is there."""

from apps.search import services as search
from tests.web.conftest import entry
from tests.web.search_page import counts, facet, page, titles


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


def test_all_values_of_a_facet_can_be_searched_and_paged(client, index, put, alice):
    put(index, alice, *(entry(str(n), protein=f"P{n:03}") for n in range(130)))

    first = page(client, "facet=protein")
    second = client.get(first.next_url).context["page"]
    found = page(client, "facet=protein&facet-contains=p12")

    assert (len(first.options), len(second.options), second.next_url) == (100, 30, "")
    assert [option.label for option in found.options] == [f"P12{n}" for n in range(10)]


def test_an_index_that_nobody_described_has_facets_of_its_own(client, alice, put):
    index = search.create_index(actor=alice, display_name="New", slug="new")
    put(index, alice, *(entry(str(n), colour="red" if n % 2 else "blue", size=n) for n in range(10)))

    found = client.get("/new/").context["page"]

    assert {view.label: view.kind for view in found.facets} == {"Colour": "values", "Size": "numbers"}
    assert titles(found)[0] == "Run 0"


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


def test_the_handles_of_a_logarithmic_scale_say_values_and_not_exponents(client, index, alice, put):
    put(index, alice, *(entry(str(n), rate=rate) for n, rate in enumerate((1, 2, 3, 4, 100_000))))

    html = client.get("/crystals/?filter-from.rate=20").content.decode()

    assert 'aria-label="Hit rate, lowest" aria-valuetext="20"' in html
    assert 'aria-label="Hit rate, highest" aria-valuetext="100,000"' in html
