"""A draft is written on its page, without a script: whatever was typed is kept, and nobody else sees it."""

import pytest
from bs4 import BeautifulSoup

from apps.publish import services as publish
from apps.publish.models import Submission
from tests.publish.conftest import urn
from tests.web.flows.conftest import text

PAGES = ("", "files/", "people/", "plan/", "delete/")


def url(draft, page=""):
    return f"/publish/drafts/{draft.pk}/{page}"


def fields(answer):
    """What a browser would send of the form."""
    page = BeautifulSoup(answer.content, "lxml")
    form = page.select_one("form[data-draft]")
    found = {}
    for one in form.select("input[name], select[name], textarea[name]"):
        kind = one.get("type", "")
        if kind in {"checkbox", "radio"} and not one.has_attr("checked"):
            continue
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            found[one["name"]] = chosen["value"]
        else:
            found[one["name"]] = one.get_text().removeprefix("\n") if one.name == "textarea" else one.get("value", "on")
    return found


def send(browser, draft, do="save", *, page=None, **changed):
    sent = fields(browser.get(url(draft)) if page is None else page)
    return browser.post(
        url(draft), {**sent, **{name.replace("__", "/"): one for name, one in changed.items()}, "do": do}
    )


def now(draft):
    return Submission.objects.get(pk=draft.pk)


def test_it_is_saved_by_a_button(mine, draft):
    answer = send(mine, draft, input__energy="12.5", choice="team", embargo="2999-01-31")

    saved = now(draft)
    assert answer.status_code == 302
    assert saved.content == {**draft.content, "energy": 12.5}
    assert saved.wanted_json == {"choice": "team", "embargo": "2999-01-31"}


def test_what_is_no_number_is_kept_and_shown_again(mine, draft):
    send(mine, draft, input__energy="about twelve")

    assert now(draft).typed == {"/energy": "about twelve"}
    page = mine.get(url(draft))
    assert fields(page)["input/energy"] == "about twelve"
    assert "Write a number" in text(page)

    send(mine, draft, input__energy="12")
    assert (now(draft).typed, now(draft).content["energy"]) == ({}, 12)


def test_a_new_draft_is_begun_and_complains_of_nothing_yet(mine, alice, form):
    answer = mine.post(f"/publish/{form.slug}/new/")

    [draft] = publish.find_submissions(actor=alice)
    assert answer.headers["Location"] == url(draft, "files/")
    page = mine.get(url(draft))
    assert "need you" not in text(page)
    assert "need" in text(mine.get(f"{url(draft)}?check=1"))


def test_proposals_are_marked_until_they_are_accepted(mine, draft, alice):
    told = publish.DraftChanges(
        content={**draft.content, "energy": 9},
        proposed={"/energy": {"value": 9, "source": "the header of run.h5"}},
    )
    publish.save_draft(submission=draft, actor=alice, revision=draft.revision, told=told)
    assert "Proposed from the header of run.h5" in text(mine.get(url(draft)))

    send(mine, draft)
    assert list(now(draft).proposed) == ["/energy"]
    send(mine, draft, **{"input__energy?ok": "on"})

    assert (now(draft).proposed, now(draft).content["energy"]) == ({}, 9)


def test_nobody_else_finds_its_pages(browser, draft, bob, charlie, dana):
    for page in PAGES:
        assert browser(charlie).get(url(draft, page)).status_code == 404
        assert browser(bob).get(url(draft, page)).status_code == 404
        assert browser().get(url(draft, page)).status_code == 302
        assert browser(draft.author).get(url(draft, page)).status_code == 200
    assert browser(charlie).post(url(draft, "copy/")).status_code == 404
    assert draft.name not in text(browser(charlie).get("/publish/drafts/"))
    assert draft.name in text(browser(draft.author).get("/publish/drafts/"))


def test_co_authors_write_and_viewers_read(browser, mine, draft, bob, charlie):
    mine.post(url(draft, "people/"), {"role": "editor", "principal": urn(bob)})
    mine.post(url(draft, "people/"), {"role": "viewer", "principal": urn(charlie)})

    assert send(browser(bob), draft, input__energy="7").status_code == 302
    assert now(draft).content["energy"] == 7
    seen = browser(charlie).get(url(draft))
    assert "soaked too long" in text(seen)
    assert "data-draft" not in seen.content.decode()
    assert browser(charlie).post(url(draft), {"do": "save"}).status_code == 403
    assert browser(bob).get(url(draft, "people/")).status_code == 403


@pytest.mark.parametrize("principal", ["public", "all_authenticated_users", "bob", ""])
def test_a_draft_is_shared_with_people_alone(mine, draft, principal):
    assert mine.post(url(draft, "people/"), {"role": "editor", "principal": principal}).status_code == 400


def test_sharing_is_taken_back(browser, mine, draft, bob):
    mine.post(url(draft, "people/"), {"role": "editor", "principal": urn(bob)})
    mine.post(url(draft, "people/"), {"role": "editor", "principal": urn(bob), "remove": "yes"})

    assert browser(bob).get(url(draft)).status_code == 404


def test_a_copy_and_the_end_of_a_draft(mine, alice, draft):
    mine.post(url(draft, "copy/"))
    assert len(publish.find_submissions(actor=alice)) == 2

    mine.post(url(draft, "delete/"))
    [copy] = publish.find_submissions(actor=alice)
    assert (copy.content, copy.pk != draft.pk) == (draft.content, True)


def test_json_that_is_none_loses_nothing(mine, draft):
    answer = mine.post(url(draft), {**fields(mine.get(url(draft))), "do": "raw:input"})
    sent = {**fields(answer), "input?json": '{"title": '}

    mine.post(url(draft), {**sent, "do": "save"})

    assert now(draft).content == draft.content
    assert fields(mine.get(url(draft)))["input?json"] == '{"title": '


def test_more_than_a_form_may_hold_is_refused_with_all_that_was_typed(mine, draft, monkeypatch):
    monkeypatch.setattr("apps.publish.services.drafts.MOST_CONTENT", 300)

    answer = send(mine, draft, input__title="x" * 400)

    assert answer.status_code == 400
    assert fields(answer)["input/title"] == "x" * 400


def test_lists_are_no_text_that_cannot_be_read(mine, make_form, document, alice):
    people = {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {"name": {"type": "string"}}}}
    schema = {"type": "object", "required": ["people"], "properties": {"title": {"type": "string"}, "people": people}}
    form = make_form(schema=schema, path="/{id}", restricted={})
    draft = publish.begin_draft(form=form, actor=alice)

    send(mine, draft, input__title="x")
    assert now(draft).typed == {}

    page = mine.post(url(draft), {**fields(mine.get(url(draft))), "do": "add:input/people"})
    send(mine, draft, page=page, **{f"input__people__{len(now(draft).content.get('people', []))}__name": "Ada"})
    assert {"name": "Ada"} in now(draft).content["people"]
