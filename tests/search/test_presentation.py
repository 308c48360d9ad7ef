"""How an index presents itself: declared by its admins, kept with its history, proposed where nobody declared it."""

from __future__ import annotations

import pytest

from apps.common.errors import NotAllowed
from apps.search import presentation as presentations
from apps.search import services as search
from apps.search.errors import InvalidDocument
from apps.search.types import Boost, Chart, ChartType, Kind, Presentation, Shown, ShownFacet, ShownSort
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db

WHOLE = {
    "title": "name",
    "thumbnail": "picture",
    "summary": [{"path": "rate", "label": "Hit rate", "unit": "%", "kind": "number"}],
    "facets": [{"path": "folder", "label": "Folder", "separator": "/", "is_open": False}],
    "columns": [{"path": "made", "label": "Made", "kind": "date"}],
    "charts": [{"type": "grid", "path": "protein", "label": "Protein", "across": "chip"}],
    "sorts": [{"path": "rate", "label": "Worst first", "is_descending": False}],
    "boosts": [{"path": "name", "factor": 3.0}],
    "intro": "Runs of the beamline.",
    "placeholder": "Search runs",
    "accent": "#0a7a5a",
}


def test_a_document_is_read_part_by_part_and_written_as_it_was():
    read = presentations.read(presentations.check(WHOLE))

    assert read.summary == (Shown("rate", "Hit rate", "%", Kind.NUMBER),)
    assert read.facets == (ShownFacet("folder", "Folder", is_open=False, separator="/"),)
    assert read.charts == (Chart(ChartType.GRID, "protein", "Protein", "chip"),)
    assert read.sorts == (ShownSort("rate", "Worst first", is_descending=False),)
    assert read.boosts == (Boost("name", 3.0),)
    assert presentations.write(read) == WHOLE


def test_a_path_without_a_label_is_called_by_its_last_key():
    read = presentations.read({"facets": [{"path": r"batch.hit_rate"}, {"path": r"a\.b"}]})

    assert [facet.label for facet in read.facets] == ["Hit rate", "A.b"]


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], ""),
        ({"fassets": []}, ""),
        ({"facets": {}}, "facets"),
        ({"facets": [{}]}, "facets.0"),
        ({"facets": [{"path": "a"}, {"path": 3}]}, "facets.1.path"),
        ({"summary": [{"path": "a", "kind": "numbers"}]}, "summary.0.kind"),
        ({"facets": ["proposed", "all"]}, "facets.1"),
        ({"summary": ["proposed"]}, "summary.0"),
        ({"charts": [{"type": "grid", "path": "a"}]}, "charts.0"),
        ({"accent": "red"}, "accent"),
        ({"boosts": [{"path": "a", "factor": 0}]}, "boosts.0.factor"),
        ({"facets": [{"path": "a", "label": "\0"}]}, "facets.0.label"),
        ({"intro": "half \ud800"}, "intro"),
        ({"\ud800": 1}, ""),
    ],
)
def test_what_is_wrong_with_a_document_is_told_by_its_place(index, alice, document, place):
    with pytest.raises(InvalidDocument) as caught:
        search.present(index=index, actor=alice, document=document)

    assert caught.value.place == place
    assert caught.value.details["faults"][0][0] == place
    assert search.presentation_history(index=index, actor=alice) == []


def test_the_complaint_about_a_long_document_is_short():
    with pytest.raises(InvalidDocument) as caught:
        presentations.check({"facets": {str(n): n for n in range(10_000)}})

    assert caught.value.message.endswith("is not of type 'array'")
    assert len(caught.value.message) < 320


def test_each_declaration_is_kept_with_its_author_and_the_newest_counts(index, alice):
    search.present(index=index, actor=alice, document={"title": "name"}, note="first")
    search.present(index=index, actor=alice, document={"title": "label"})

    kept = search.presentation_history(index=index, actor=alice)
    assert [(one.number, one.document, one.note) for one in kept] == [
        (2, {"title": "label"}, ""),
        (1, {"title": "name"}, "first"),
    ]
    assert kept[0].made_by == alice.get_full_name()
    index.refresh_from_db()
    assert search.presentation(index=index, actor=alice).title == "label"


def test_only_admins_declare_and_see_what_was_declared(index, bob):
    with pytest.raises(NotAllowed):
        search.present(index=index, actor=bob, document={})
    with pytest.raises(NotAllowed):
        search.presentation_history(index=index, actor=bob)


def test_of_paths_in_as_many_records_a_title_is_a_likelier_title_than_a_name_deep_within(put, index, alice):
    put(entry("a", creators=[{"affiliation": {"name": "Example University"}}], titles=[{"title": "Bounce"}], name="b7"))
    index.refresh_from_db()
    assert search.proposal(index=index, actor=alice).title == "titles.title"

    put(entry("b", creators=[{"affiliation": {"name": "Example University"}}], name="b8"))
    index.refresh_from_db()
    assert search.proposal(index=index, actor=alice).title == "name"


def test_what_is_not_declared_is_proposed_from_what_one_sees(put, index, alice):
    put(
        entry("a", name="One", protein="PDL1", rate=5.5, made="2020-03-01"),
        entry("b", name="Two", protein="KRAS", rate=21, made="2021-03-01"),
        entry("c", name="Three", protein="KRAS", rate=60, made="2022-03-01"),
    )
    index.refresh_from_db()

    proposed = search.proposal(index=index, actor=alice)
    assert proposed.title == "name"
    assert {facet.path: facet.kind for facet in proposed.facets} == {
        "protein": Kind.STRING,
        "rate": Kind.NUMBER,
        "made": Kind.DATE,
    }
    assert {chart.type for chart in proposed.charts} == {ChartType.BARS, ChartType.HISTOGRAM, ChartType.YEARS}
    assert "Rate, highest first" in {sort.label for sort in proposed.sorts}
    presentations.check(presentations.write(proposed))


def test_proposals_stand_where_the_document_leaves_a_place_to_them(put, index, alice):
    put(*(entry(str(n), name=f"N{n}", protein="PDL1" if n % 2 else "KRAS", rate=n) for n in range(4)))
    index.refresh_from_db()
    own = [{"path": "rate", "label": "Hit rate", "kind": "number"}, "proposed", {"path": "name", "label": "Run"}]

    search.present(index=index, actor=alice, document={"facets": own, "columns": ["proposed"]})

    shown = search.presentation(index=index, actor=alice)
    assert [facet.label for facet in shown.facets] == ["Hit rate", "Protein", "Run"]
    assert shown.columns == shown.summary


def test_a_proposed_summary_says_nothing_that_a_result_shows_elsewhere(put, index, alice):
    put(entry("a", name="One", label="L1", protein="PDL1", small="/static/a.png"))
    index.refresh_from_db()

    search.present(index=index, actor=alice, document={"title": "label", "thumbnail": "small"})

    assert {one.path for one in search.presentation(index=index, actor=alice).summary} <= {"name", "protein"}


def test_what_follows_from_declared_facets_needs_no_look_at_records(index, alice, django_assert_num_queries):
    search.present(
        index=index,
        actor=alice,
        document={"title": "name", "summary": [], "facets": [{"path": "rate", "kind": "number"}]},
    )
    with django_assert_num_queries(0):
        shown = search.presentation(index=index, actor=alice)
    assert shown.charts == (Chart(ChartType.HISTOGRAM, "rate", "Rate"),)
    assert [sort.path for sort in shown.sorts] == ["name", "rate", "rate"]


def test_a_new_record_is_in_the_next_proposal_of_those_who_see_it(put, index, alice, charlie):
    assert search.proposal(index=index, actor=charlie) == Presentation()
    put(entry("a", colour="red"), entry("b", colour="blue"), entry("c", colour="blue"))
    index.refresh_from_db()
    assert [facet.path for facet in search.proposal(index=index, actor=charlie).facets] == ["colour"]
