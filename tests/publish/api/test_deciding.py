"""What is sent in is decided about, published, revised and withdrawn; each sees what they may."""

from tests.publish.conftest import urn


def test_reviewers_decide_and_the_author_follows(ask, make_form, draft_of, alice, bob, charlie):
    at = f"submissions/{draft_of(make_form(reviewers=[urn(bob)])).pk}"

    ask(bob, "get", at, status=404)
    assert ask(alice, "post", f"{at}/submit", {"revision": 1}, status=202)["state"] == "in_review"
    assert ask(bob, "get", f"{at}/plan")["faults"] == []
    ask(alice, "post", f"{at}/approve", {}, status=403)
    ask(charlie, "post", f"{at}/approve", {}, status=404)
    assert ask(bob, "post", f"{at}/send_back", {}, status=422)["faults"][0]["pointer"] == "/note"
    assert ask(bob, "post", f"{at}/send_back", {"note": "Name it."})["state"] == "draft"
    assert [one["kind"] for one in ask(alice, "get", f"{at}/status")["history"]] == ["begun", "sent", "sent_back"]


def test_what_was_sent_in_is_taken_back_and_sent_again(ask, make_form, draft_of, alice, bob):
    at = f"submissions/{draft_of(make_form(reviewers=[urn(bob)])).pk}"
    ask(alice, "post", f"{at}/submit", {"revision": 1}, status=202)

    assert ask(alice, "patch", at, {"note": "No", "revision": 1}, status=409)["code"] == "publish.wrong_state"
    assert ask(alice, "post", f"{at}/take_back")["state"] == "draft"
    ask(alice, "post", f"{at}/submit", {"revision": 1}, status=202)
    assert ask(bob, "post", f"{at}/approve", {"note": "Fine"}, status=202)["state"] == "publishing"


def test_what_is_sent_in_again_after_a_lost_answer_is_sent_in_once(ask, make_form, draft_of, alice, bob):
    at = f"submissions/{draft_of(make_form(reviewers=[urn(bob)])).pk}"
    ask(alice, "post", f"{at}/submit", {"revision": 1}, status=202)

    again = ask(alice, "post", f"{at}/submit", {"revision": 1}, status=409)

    assert (again["code"], "in review" in again["message"]) == ("publish.wrong_state", True)
    status = ask(alice, "get", f"{at}/status")
    assert (status["state"], [one["kind"] for one in status["history"]]) == ("in_review", ["begun", "sent"])


def test_each_sees_of_a_version_what_is_meant_for_them(ask, at, draft, published, alice, bob, charlie):
    version = published(draft)

    for user, entries in ((alice, ["", "team"]), (bob, ["", "team"]), (charlie, [""]), (None, [""])):
        told = ask(user, "get", at("versions/1"))
        assert [one["entry_id"] for one in told["entries"]] == entries
        assert [one["subject"] for one in ask(user, "get", at("versions"))["versions"]] == [version.subject]
        assert "soaked" not in str(told) or "team" in entries
    ask(charlie, "get", at("status"), status=404)
    status = ask(alice, "get", at("status"))
    assert (status["state"], status["trouble"], status["run"]["status"]) == ("published", "", "SUCCEEDED")


def test_versions_of_what_was_never_published_are_not_there(ask, at, alice, charlie):
    assert ask(alice, "get", at("versions")) == {"versions": []}
    ask(charlie, "get", at("versions"), status=404)
    ask(alice, "get", at("versions/1"), status=404)


def test_a_record_is_revised_and_withdrawn(ask, at, draft, published, work, alice):
    published(draft)

    assert ask(alice, "post", at("revise"))["number"] == 2
    ask(alice, "delete", at(), status=204)
    assert ask(alice, "post", at("withdraw"), {"reason": "Mixed up"}, status=202)["state"] == "withdrawn"
    told = ask(None, "get", at("versions/1"))
    assert (told["state"], told["reason"], told["entries"]) == ("withdrawn", "Mixed up", [])


def test_reviewers_and_authors_talk_about_fields(ask, make_form, draft_of, alice, bob, charlie):
    at = f"submissions/{draft_of(make_form(reviewers=[urn(bob)])).pk}"
    ask(alice, "post", f"{at}/submit", {"revision": 1}, status=202)

    ask(bob, "post", f"{at}/comments", {"text": "Which one?", "pointer": "/sample/protein"}, status=201)
    strange = ask(bob, "post", f"{at}/comments", {"text": "Hm", "pointer": "/nothing"}, status=422)

    [told] = ask(alice, "get", f"{at}/comments")["comments"]
    assert (told["by"], told["pointer"], told["text"]) == (urn(bob), "/sample/protein", "Which one?")
    assert strange["faults"][0]["pointer"] == "/pointer"
    ask(charlie, "post", f"{at}/comments", {"text": "Me too"}, status=404)
