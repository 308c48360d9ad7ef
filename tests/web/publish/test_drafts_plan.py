"""The plan's page: what will happen, what stands in the way, and the record as each will see it."""

from bs4 import BeautifulSoup

from apps.publish import services as publish
from apps.publish.types import Wanted
from tests.publish.conftest import urn
from tests.web.flows.conftest import text
from tests.web.publish.test_drafts import now, url


def saved(draft, **said):
    told = publish.DraftChanges(**said)
    return publish.save_draft(submission=draft, actor=draft.author, revision=draft.revision, told=told)


def panels(answer):
    """What each kind of reader will see, by its name."""
    page = BeautifulSoup(answer.content, "lxml").select_one(".tabs")
    names = [one.get_text() for one in page.find_all("label", recursive=False)]
    return dict(zip(names, [one.get_text(" ", strip=True) for one in page.select(".tab-panels > div")], strict=True))


def test_it_tells_of_copies_permissions_and_entries(mine, draft):
    page = text(mine.get(url(draft, "plan/")))

    assert "Copy 3 files, 21 bytes" in page
    assert f"/Lysozyme/{draft.short_id}/v1/chip" in page
    assert "Write 2 entries to Runs" in page
    assert "Publish it" in page


def test_the_record_is_shown_as_each_will_see_it(mine, draft):
    seen = panels(mine.get(url(draft, "plan/")))

    assert list(seen) == ["The public", "team", "You, the author"]
    assert "Lysozyme on a chip" in seen["The public"]
    assert ["soaked too long" in one for one in seen.values()] == [False, True, True]


def test_until_the_embargo_lifts_the_public_sees_nothing(mine, draft):
    saved(draft, wanted=Wanted("public", "2999-01-31"))

    page = mine.get(url(draft, "plan/"))

    assert "nothing of it until 31 Jan 2999" in panels(page)["The public"]
    assert "Lift the embargo on 31 Jan 2999" in text(page)


def test_what_only_its_authors_see_the_public_does_not(mine, draft):
    saved(draft, wanted=Wanted("authors"))

    assert "no such record" in panels(mine.get(url(draft, "plan/")))["The public"]


def test_what_stands_in_the_way_leads_to_its_field(mine, draft):
    saved(draft, content={"energy": -1}, files=[], wanted=Wanted("nothing"))

    page = BeautifulSoup(mine.get(url(draft, "plan/")).content, "lxml")

    links = {one["href"].rpartition("#")[2] for one in page.select(".notice[role=alert] a")}
    assert links >= {"input/title", "input/energy", "visibility"}
    assert "Publish it" not in page.get_text()
    assert mine.post(url(draft, "plan/"), {"revision": now(draft).revision}).status_code == 409
    assert now(draft).state == "draft"


def test_the_author_sends_it_in_and_nobody_else(browser, mine, make_form, draft_of, dana, bob, alice):
    draft = draft_of(make_form(reviewers=[urn(dana)]))
    publish.share_submission(submission=draft, actor=alice, roles={"editor": [urn(bob)]})
    his = browser(bob)
    assert "Submit for review" not in text(his.get(url(draft, "plan/")))
    assert his.post(url(draft, "plan/"), {"revision": draft.revision}).status_code == 403

    mine.post(url(draft, "plan/"), {"revision": draft.revision, "note": "Please look"})

    assert (now(draft).state, now(draft).note) == ("in_review", "Please look")
    assert "soaked too long" in text(browser(dana).get(url(draft)))


def test_what_was_changed_since_the_plan_was_seen_is_not_sent_in(mine, draft):
    saved(draft, content={**draft.content, "energy": 5})

    assert mine.post(url(draft, "plan/"), {"revision": draft.revision}).status_code == 409
    assert now(draft).state == "draft"


def test_the_author_takes_it_back_and_nobody_else(browser, mine, make_form, draft_of, dana, charlie):
    draft = draft_of(make_form(reviewers=[urn(dana), urn(charlie)]))
    publish.submit(submission=draft, actor=draft.author, revision=draft.revision)
    assert "Take it back" not in text(browser(charlie).get(url(draft)))
    assert browser(charlie).post(url(draft, "take-back/")).status_code == 403

    assert "Take it back" in text(mine.get(url(draft)))
    mine.post(url(draft, "take-back/"))

    assert now(draft).state == "draft"
    assert browser(charlie).get(url(draft)).status_code == 404


def test_what_is_published_is_written_anew_as_the_next_version(mine, draft, published):
    published(draft)
    page = text(mine.get(url(draft)))
    assert f'href="/records/{draft.pk}/"' in page
    assert "The run" in page

    mine.post(url(draft, "revise/"))

    assert (now(draft).state, now(draft).number) == ("draft", 2)
    plan = text(mine.get(url(draft, "plan/")))
    assert "Supersede version 1" in plan
    assert "Keep the files of version 1" in plan
