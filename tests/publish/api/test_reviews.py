"""What reviewers do by HTTP, and what is done beside a submission: comments, links for referees, asking for files."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from apps.publish import services as publish
from tests.publish.conftest import urn
from tests.publish.test_versions import embargoed
from tests.web.publish.records.test_records_told import shut

__all__ = ["embargoed"]


@pytest.fixture
def sent(make_form, draft_of, alice, bob):
    """What Alice sent in, and Bob reviews."""
    draft = draft_of(make_form(reviewers=[urn(bob)]))
    return publish.submit(submission=draft, actor=alice, revision=1)


@pytest.fixture
def at(sent):
    return lambda rest="": f"submissions/{sent.pk}{rest and '/'}{rest}"


def test_what_waits_is_told_to_those_who_decide(ask, sent, alice, bob, charlie):
    told = {user: [one["id"] for one in ask(user, "get", "reviews")["submissions"]] for user in (alice, bob, charlie)}

    assert told == {alice: [], bob: [str(sent.pk)], charlie: []}
    ask(None, "get", "reviews", status=401)


def test_the_queue_is_walked_while_rows_come_and_go(ask, sent, draft_of, alice, bob):
    others = [publish.submit(submission=draft_of(sent.form), actor=alice, revision=1) for _ in range(3)]
    first = ask(bob, "get", "reviews?limit=2")
    publish.take_back(submission=sent, actor=alice)
    late = publish.submit(submission=draft_of(sent.form), actor=alice, revision=1)

    second = ask(bob, "get", f"reviews?limit=9&marker={first['marker']}")

    told = [one["id"] for page in (first, second) for one in page["submissions"]]
    assert told == [str(one.pk) for one in (sent, *others, late)]


def test_reviewers_approve_what_they_looked_at_alone(api, ask, at, sent, alice, bob):
    url = f"/api/publish/{at()}"
    tag = api(bob).get(url).headers["ETag"]
    ask(alice, "post", at("take_back"))
    ask(alice, "patch", at(), {"note": "Other files", "revision": 1})
    ask(alice, "post", at("submit"), {"revision": 2}, status=202)

    late = api(bob).post(f"{url}/approve", {}, format="json", headers={"If-Match": tag})

    assert (late.status_code, late.json()["code"]) == (412, "publish.draft_changed")
    assert ask(bob, "post", at("approve"), {"revision": 2}, status=202)["state"] == "publishing"


def test_reviewers_see_what_differs_from_what_was_published(ask, at, draft, published, alice, charlie):
    assert ask(alice, "get", f"submissions/{draft.pk}/differences") == {"before": None, "after": 1, "differences": []}
    published(draft)
    there = f"submissions/{draft.pk}"
    revised = ask(alice, "post", f"{there}/revise")

    ask(alice, "patch", there, {"content": {**revised["content"], "energy": 12}, "revision": revised["revision"]})

    energy = {"kind": "added", "pointer": "/energy", "label": "energy", "before": None, "after": 12}
    assert ask(alice, "get", f"{there}/differences") == {"before": 1, "after": 2, "differences": [energy]}
    ask(charlie, "get", f"{there}/differences", status=404)


def test_comments_are_settled_and_taken_up_again(ask, at, alice, bob, charlie):
    made = ask(bob, "post", at("comments"), {"text": "Which one?", "pointer": "/sample/protein"}, status=201)
    one = at(f"comments/{made['id']}")

    assert ask(alice, "patch", one, {"is_settled": True})["is_settled"]
    assert not ask(bob, "patch", one, {"is_settled": False})["is_settled"]
    assert ask(bob, "patch", one, {"is_settled": "no"}, status=422)["faults"][0]["pointer"] == "/is_settled"
    ask(charlie, "patch", one, {"is_settled": True}, status=404)
    for other in ("0", "x", "99999999999"):
        ask(alice, "patch", at(f"comments/{other}"), {"is_settled": True}, status=404)


def test_a_link_tells_its_address_once_and_is_withdrawn(ask, at, client, alice, bob, charlie):
    soon = (timezone.now() + timedelta(days=7)).isoformat()
    made = ask(alice, "post", at("links"), {"expires_at": soon, "label": "Referee 2"}, status=201)
    page = made.pop("url").partition("//")[2].partition("/")[2]

    assert ask(alice, "get", at("links")) == {"links": [made]}
    assert ask(bob, "get", at("links")) == {"links": []}
    assert client.get(f"/{page}").status_code == 200
    ask(charlie, "delete", at(f"links/{made['id']}"), status=404)
    ask(bob, "delete", at(f"links/{made['id']}"), status=404)
    ask(alice, "delete", at(f"links/{made['id']}"), status=204)
    assert client.get(f"/{page}").status_code == 404


@pytest.mark.parametrize("moment", ["", "tomorrow", "2027-01-31", "2999-01-01T00:00:00Z", "1999-01-01T00:00:00Z", 7])
def test_a_link_expires_at_a_moment_within_half_a_year(ask, at, alice, moment):
    told = ask(alice, "post", at("links"), {"expires_at": moment}, status=422)

    assert [one["pointer"] for one in told["faults"]] == ["/expires_at"]


def test_who_may_not_read_the_files_asks_for_them(ask, draft, published, archive, dana, alice, charlie):
    published(draft)
    shut(archive, dana)
    mail.outbox.clear()
    there, why = f"submissions/{draft.pk}/versions/1/request", {"text": "For a thesis."}

    ask(charlie, "post", there, {}, status=422)
    ask(charlie, "post", there, why, status=204)

    assert [one.to for one in mail.outbox] == [["alice@example.org"]]
    assert ask(charlie, "post", there, why, status=409)["code"] == "publish.asked_already"
    ask(None, "post", there, why, status=401)
    ask(charlie, "post", f"submissions/{draft.pk}/versions/2/request", why, status=404)


def test_who_sees_a_section_alone_is_not_told_the_name(ask, embargoed, alice, bob, charlie):
    at = f"submissions/{embargoed.submission_id}/versions"

    for user, name in ((alice, "Lysozyme on a chip"), (bob, "")):
        assert ask(user, "get", f"{at}/1")["name"] == name
        assert [one["name"] for one in ask(user, "get", at)["versions"]] == [name]
    ask(charlie, "get", at, status=404)
