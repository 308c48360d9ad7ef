"""Two tabs and two people write one draft: nothing of either is lost."""

import pytest

from apps.publish import services as publish
from tests.publish.conftest import urn
from tests.web.flows.conftest import text
from tests.web.publish.test_drafts import fields, now, send, url


@pytest.fixture
def his(browser, draft, alice, bob):
    """Bob writes it with Alice."""
    publish.share_submission(submission=draft, actor=alice, roles={"editor": [urn(bob)]})
    return browser(bob)


def test_what_two_wrote_is_shown_and_chosen(mine, his, draft):
    page = mine.get(url(draft))
    send(his, draft, input__title="Bob's title", input__notes="Bob's notes")

    answer = send(mine, draft, page=page, input__title="Alice's title", input__energy="5")

    assert answer.status_code == 409
    assert "bob@vitrine.local saved this draft" in text(answer)
    assert "Bob&#x27;s notes" in answer.content.decode()
    assert fields(answer)["input/title"] == "Alice's title"
    assert fields(answer)["pick:/title"] == "mine"
    assert fields(answer)["pick:/notes"] == "theirs"
    assert now(draft).content["title"] == "Bob's title"

    assert send(mine, draft, "merge", page=answer).status_code == 302
    merged = {"title": "Alice's title", "notes": "Bob's notes", "energy": 5}
    assert now(draft).content == {**draft.content, **merged}


def test_theirs_can_be_taken_where_both_changed_it(mine, his, draft):
    page = mine.get(url(draft))
    send(his, draft, input__title="Bob's title", choice="authors")
    answer = send(mine, draft, page=page, input__title="Alice's title")

    send(mine, draft, "merge", page=answer, **{"pick:__title": "theirs"})

    assert now(draft).content["title"] == "Bob's title"
    assert now(draft).wanted.choice == "authors"


def test_a_file_that_was_chosen_meanwhile_is_no_reason_to_ask(mine, draft, alice):
    page = mine.get(url(draft))
    publish.choose_files(submission=draft, actor=alice, revision=draft.revision, files=[])

    assert send(mine, draft, page=page, input__energy="5").status_code == 302
    assert (now(draft).content["energy"], now(draft).files) == (5, [])


def test_a_page_that_does_not_say_what_it_began_with_overwrites_nothing(mine, his, draft):
    page = mine.get(url(draft))
    send(his, draft, input__title="Bob's title")

    answer = send(mine, draft, page=page, seen="")

    assert (answer.status_code, now(draft).content["title"]) == (409, "Bob's title")


def test_a_script_saves_and_is_told_of_a_conflict(mine, his, draft):
    page = mine.get(url(draft))
    saved = send(mine, draft, "auto", page=page, input__energy="5").json()
    assert saved["revision"] == now(draft).revision

    send(his, draft, input__title="Bob's title")
    answer = send(mine, draft, "auto", page=page, input__energy="6", seen=saved["seen"], revision=saved["revision"])

    assert (answer.status_code, answer.json()["who"]) == (409, "bob@vitrine.local")
    assert now(draft).content["energy"] == 5


def test_what_is_sent_in_is_not_written_any_more(mine, make_form, draft_of, dana):
    draft = draft_of(make_form(reviewers=[urn(dana)]))
    page = mine.get(url(draft))
    assert mine.post(url(draft, "plan/"), {"revision": draft.revision, "note": "Please"}).status_code == 302

    assert now(draft).state == "in_review"
    assert send(mine, draft, page=page, input__energy="5").status_code == 409
    assert mine.post(url(draft, "files/"), {"do": "folder"}).status_code == 409
    assert "In review" in text(mine.get(url(draft)))
