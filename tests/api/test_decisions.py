"""What the contract leaves open, and how it is decided here: one test each."""

from dataclasses import replace

import pytest

from apps.search.models import Entry, Task
from tests.search.conftest import drained, entry


@pytest.fixture
def found(ask):
    """The subjects of an answer, in order."""
    return lambda question, user=None, **more: [one["subject"] for one in ask(question, user, **more)["gmeta"]]


def test_totals_and_facets_count_subjects_once_however_many_entries_match(ask, put):
    put(
        *(entry("a", id=name, title="word", kind="run") for name in ("x", "y", "z")),
        entry("b", title="word", kind="run"),
    )

    answer = ask("q=word&facet=kind")

    assert (answer["total"], answer["count"]) == (2, 2)
    assert answer["facet_results"][0]["buckets"][0]["count"] == 2


def test_an_answer_holds_all_entries_that_one_sees_of_a_subject_the_null_entry_first(ask, put, alice, urn_of):
    put(
        entry("a", id="b", title="other"),
        entry("a", id="a", title="word"),
        entry("a", title="null"),
        entry("a", urn_of(alice), id="0", title="own"),
    )

    [one], [own] = ask("q=word")["gmeta"], ask("q=word", alice)["gmeta"]

    assert [each["entry_id"] for each in one["entries"]] == [None, "a", "b"]
    assert [each["entry_id"] for each in own["entries"]] == [None, "0", "a", "b"]


def test_conditions_may_be_met_by_different_entries_that_one_sees_together(found, put, alice, urn_of):
    put(entry("a", title="first"), entry("a", urn_of(alice), id="x", kind="second"))

    assert found("q=first&filter.kind=second", alice) == ["a"]
    assert found("q=first&filter.kind=second") == []


def test_documents_of_an_ingest_succeed_or_fail_one_by_one(put, alice):
    task = put(
        *(entry("many", f"urn:globus:groups:id:{at:08}-0000-4000-8000-000000000000", id=str(at)) for at in range(120)),
        entry("good"),
    )

    assert task.state == "FAILED"
    assert (task.done, task.failed) == (task.documents - task.failed, task.failed)
    assert task.failed > 0
    assert Entry.objects.filter(subject="good").exists()


def test_words_are_joined_by_and(found, put):
    put(entry("a", title="red green"), entry("b", title="red"), entry("c", title="green and some red"))

    assert sorted(found("q=red+green")) == ["a", "c"]
    assert found("q=%22red+green%22") == ["a"]


def test_words_match_by_their_stem_without_case_or_accents(found, put):
    put(entry("a", title="Crystals were soaked at Orsay, Été"))

    for text in ("crystal", "CRYSTALS soaking", "ete", "orsay"):
        assert found(f"q={text}") == ["a"], text


def test_keywords_compare_with_case_and_type(found, put):
    put(entry("a", kind="Run"), entry("b", kind="run"), entry("c", kind="1"), entry("d", kind=1))

    def matching(value):
        return found({"filters": [{"type": "match_any", "field_name": "kind", "values": [value]}]})

    assert (matching("run"), matching("Run"), matching("RUN")) == (["b"], ["a"], [])
    assert (matching("1"), matching(1)) == (["c"], ["d"])
    assert found("filter.kind=1") == ["c", "d"]


def test_a_simple_text_never_fails_and_a_star_is_everything(ask, found, put):
    put(entry("a", title="alpha"), entry("b", title="beta"))

    for text in ("*", "", "***"):
        assert found({"q": text}) == ["a", "b"]
    for text in ("a AND (", "title:alpha)", "[", "\\", '"', "alpha~", "???"):
        ask({"q": text})
    assert found({"q": "alp*"}) == ["a"]


def test_what_is_named_exactly_comes_first(found, put):
    put(
        entry("x/1", title="lysozyme lysozyme lysozyme"),
        entry("x/2", title="Lysozyme"),
        entry("lysozyme", title="other"),
        entry("x/4", title="about x/2 and lysozyme"),
    )

    assert set(found("q=lysozyme")[:2]) == {"lysozyme", "x/2"}
    assert found("q=x/2")[0] == "x/2"


def test_missing_values_come_last_both_ways_and_ties_go_by_subject(found, put):
    put(entry("d", n=1), entry("c", n=2), entry("b", n=1), entry("a", title="none"), entry("0", title="none"))

    assert found("sort=n") == ["b", "d", "c", "0", "a"]
    assert found("sort=-n") == ["c", "b", "d", "0", "a"]


def test_without_a_word_or_an_order_subjects_come_by_name(found, put):
    put(*(entry(name, title="same") for name in ("b", "é", "a", "B", "10", "9")))

    assert found("q=*") == found("q=same") == ["10", "9", "B", "a", "b", "é"]


def test_sorting_is_descending_unless_it_is_said(found, put):
    put(entry("a", n=1), entry("b", n=2))

    assert found({"q": "*", "sort": [{"field_name": "n"}]}) == ["b", "a"]
    assert found({"q": "*", "sort": [{"field_name": "n", "order": "asc"}]}) == ["a", "b"]


def test_all_is_seen_by_admins_who_say_so_and_nobody_else(ask, put, alice, bob, charlie, grant, urn_of):
    put(entry("a", urn_of(alice)))
    grant(bob, "admin")

    assert ask("bypass_visible_to=True", bob)["total"] == 1
    assert ask("subject=a&bypass_visible_to=true", bob, at="subject")["entries"]
    grant(charlie, "writer")
    for question in ("bypass_visible_to=true", {"q": "*", "bypass_visible_to": True}):
        assert ask(question, charlie, status=403)["code"] == "Forbidden.Generic"
        assert ask(question, status=403)["code"] == "Forbidden.Generic"


def test_principal_sets_ask_who_one_is(ask, put, alice, bob, urn_of, team_urn):
    put(
        replace(entry("a"), principal_sets={"monitor": (urn_of(bob),), "admin": (urn_of(alice),)}),
        replace(entry("b"), principal_sets={"monitor": (team_urn,)}),
        entry("c"),
    )

    found = ask("filter_principal_sets=monitor,admin", bob)
    assert {one["subject"]: one["entries"][0]["matched_principal_sets"] for one in found["gmeta"]} == {
        "a": ["monitor"],
        "b": ["monitor"],
    }
    assert ask({"q": "*", "filter_principal_sets": ["admin"]}, alice)["total"] == 1
    assert ask("filter_principal_sets=monitor", status=401)["code"] == "Unauthorized.Generic"


def test_a_page_may_hold_ten_thousand_and_no_more(ask, index):
    assert ask("q=*&limit=10000")["count"] == 0
    assert ask("q=*&limit=10001", status=400)["error_data"]["place"] == "limit"


def test_a_path_may_be_a_number_here_and_a_word_there(found, put):
    put(entry("a", n=5), entry("b", n="five"), entry("c", n={"x": 1}), entry("d", n="2021-01-01"))

    assert found("filter-range.n=1--9") == ["a"]
    assert found("filter.n=five") == ["b"]
    assert found("filter-exists.n.x=true") == ["c"]
    assert found("filter-year.n=2021") == ["d"]
    assert found("sort=n") == ["a", "d", "b", "c"]


def test_a_dot_of_a_key_is_written_with_a_backslash(found, put):
    put(entry("a", **{"a.b": "x"}), entry("b", a={"b": "x"}))

    assert found({"filters": [{"type": "match_any", "field_name": "a\\.b", "values": ["x"]}]}) == ["a"]
    assert found("filter.a.b=x") == ["b"]


def test_a_range_of_dates_holds_the_whole_of_its_last_day(found, put):
    put(entry("a", made="2020-12-31T23:59:59.999Z"), entry("b", made="2021-01-01"))

    assert found("filter-range.made=2020-12-31--2020-12-31") == ["a"]
    assert found("filter-year.made=2020") == ["a"]


def test_what_a_delete_by_query_means_is_asked_in_its_turn(ask, api, alice, v1, index):
    client = api(alice)
    gmeta = [{"subject": name, "visible_to": ["public"], "content": {"kind": name}} for name in "ab"]
    client.post(v1("ingest"), {"ingest_type": "GMetaList", "ingest_data": {"gmeta": gmeta}}, format="json")
    answer = client.post(
        v1("delete_by_query"),
        {"q": "*", "filters": [{"type": "match_any", "field_name": "kind", "values": ["a"]}]},
        format="json",
    )

    drained(Task.objects.get(pk=answer.json()["task_id"]))

    assert [one["subject"] for one in ask("q=*")["gmeta"]] == ["b"]
