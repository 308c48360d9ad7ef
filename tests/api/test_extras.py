"""What answers may hold beyond the contract, and the partial change of an entry."""

import pytest

from apps.search.models import Task
from tests.search.conftest import drained

pytestmark = pytest.mark.usefixtures("shelf")


def test_highlights_say_where_the_words_stand(ask):
    found = ask({"q": "soaking lysozymes", "highlight": True})

    [one] = found["gmeta"][0]["highlights"]
    assert (one["field_name"], one["text"]) == ("title", "Lysozyme soaked")
    assert [one["text"][begin:end] for begin, end in one["marks"]] == ["Lysozyme", "soaked"]


def test_highlights_are_only_of_entries_that_one_sees(ask, alice):
    asked = {"q": "thaumatin OR kept", "advanced": True, "highlight": True}

    assert [one["field_name"] for one in ask(asked)["gmeta"][0]["highlights"]] == ["title"]
    assert [one["field_name"] for one in ask(asked, alice)["gmeta"][0]["highlights"]] == ["title", "remark"]


def test_suggestions_complete_the_last_word(ask, bob):
    assert ask("q=soaked+lys", at="suggest") == {"suggestions": [{"value": "lysozyme", "count": 2}]}
    assert ask("q=LYS", bob, at="suggest")["suggestions"] == [{"value": "lysozyme", "count": 3}]
    assert ask("q=kep", at="suggest") == {"suggestions": []}
    assert len(ask("q=t&size=1", at="suggest")["suggestions"]) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lysosyme", "lysozyme"), ("lysozmye dyr", "lysozyme dry"), ("lysozyme", None), ("qqqqqq", None)],
)
def test_what_is_not_found_may_be_misspelt(ask, typed, meant):
    assert ask({"q": typed, "suggest": True})["did_you_mean"] == meant
    assert "did_you_mean" not in ask({"q": typed})


def test_a_correction_never_comes_from_what_is_hidden(ask, alice):
    asked = {"q": "remar kepd", "suggest": True}

    assert ask(asked)["did_you_mean"] is None
    assert ask(asked, alice)["did_you_mean"] == "remar kept"


def test_chosen_fields_alone_are_shown(ask):
    [one] = ask({"q": "dry", "fields": ["tags", "made", "none"]})["gmeta"]

    assert one["entries"][0]["content"] == {"tags": ["hot"], "made": "2021-05-01"}


def test_scores_are_explained_to_those_with_a_role(ask, alice, bob, grant):
    asked = {"q": "dry", "explain": True}

    told = ask(asked, bob, status=403)
    grant(bob, "writer")
    [one] = ask(asked, bob)["gmeta"]

    assert told["error_data"]["place"] == "explain"
    assert one["score"] > 0
    assert one["explanation"]
    assert "score" not in ask({"q": "dry"}, bob)["gmeta"][0]


def test_those_with_a_role_are_told_who_sees_an_entry(ask, alice, urn_of):
    told = ask("subject=sub/5", alice, at="subject")["entries"]

    assert [one["visible_to"] for one in told] == [["public"], [urn_of(alice)]]
    assert "visible_to" not in ask("subject=sub/5", at="subject")["entries"][0]


@pytest.fixture
def patch(api, alice, v1):
    def patch(document):
        answer = api(alice).patch(v1("entry"), document, format="json")
        return drained(Task.objects.get(pk=answer.json()["task_id"]))

    return patch


def test_a_part_of_an_entry_is_changed_and_the_rest_stays(ask, patch):
    task = patch({"subject": "sub/1", "content": {"rate": 7, "tags": None, "more": {"x": 1}}})

    assert task.state == "SUCCESS"
    [one] = ask("subject=sub/1", at="subject")["entries"]
    assert one["content"] == {
        "title": "Lysozyme soaked",
        "kind": "run",
        "rate": 7,
        "made": "2021-04-30",
        "more": {"x": 1},
    }
    assert ask("filter-range.rate=7--7")["total"] == 1


def test_who_sees_an_entry_is_changed_alone(ask, patch, alice, urn_of):
    patch({"subject": "sub/1", "visible_to": [urn_of(alice)]})

    assert ask("subject=sub/1", at="subject", status=404)
    assert ask("subject=sub/1", alice, at="subject")["entries"][0]["content"]["rate"] == 1


def test_a_change_of_what_is_not_there_fails_in_its_task(patch):
    task = patch({"subject": "none", "content": {"a": 1}})

    [failure] = task.failures.all()
    assert (task.state, failure.subject) == ("FAILED", "none")
    assert failure.reason


def test_an_entry_is_changed_only_if_it_says_what_was_read(ask, patch):
    change = {"subject": "sub/1", "content": {"rate": 7}, "only_if": {"rate": 1, "none.at.all": None}}

    assert [patch(change).state, patch(change).state] == ["SUCCESS", "FAILED"]
    [one] = ask("subject=sub/1", at="subject")["entries"]
    assert one["content"]["rate"] == 7


def test_an_index_is_made_without_stems_and_strict(api, alice):
    made = (
        api(alice)
        .post(
            "/api/search/v1/index",
            {"display_name": "Exact", "description": "", "stemming": False, "strict_typing": True},
            format="json",
        )
        .json()
    )

    assert (made["stemming"], made["strict_typing"]) == (False, True)
    changed = api(alice).patch(f"/api/search/v1/index/{made['id']}", {"strict_typing": False}, format="json").json()
    assert "strict_typing" not in changed
    assert (
        api(alice).patch(f"/api/search/v1/index/{made['id']}", {"strict_typing": "no"}, format="json").status_code
        == 400
    )
