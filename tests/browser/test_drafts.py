"""Drafts in a browser: they save themselves, survive a lost connection and a second tab, and everybody can use them."""

import pytest
from playwright.sync_api import expect

from apps.publish import services as publish
from apps.publish.models import Submission
from tests.browser.conftest import faults
from tests.publish.conftest import *  # noqa: F403 (fixtures)

PAGES = ("", "?check=1", "files/", "people/", "plan/", "delete/")


@pytest.fixture
def shelf():
    """The index is Dana's here, and empty."""


def url(draft, page=""):
    return f"/publish/drafts/{draft.pk}/{page}"


def now(draft):
    return Submission.objects.get(pk=draft.pk)


def saved(page):
    return page.get_by_text("Saved at")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_every_page_is_for_everybody_at_any_width(look, live_server, draft, form, staging, width, scheme):
    page = look(url(draft), width=width, scheme=scheme)
    others = ["/publish/drafts/", f"/publish/{form.slug}/new/", f"/publish/{form.slug}/bulk/"]
    browsed = url(draft, f"files/?collection={staging.pk}&path=/chip/")

    for path in [*(url(draft, one) for one in PAGES), browsed, *others]:
        page.goto(live_server.url + path)
        assert (path, faults(page)) == (path, [])


def test_it_saves_itself_while_one_writes(look, draft):
    page = look(url(draft))

    page.get_by_label("Title").fill("Written by hand")
    expect(saved(page)).to_be_visible()

    assert now(draft).content["title"] == "Written by hand"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (390, "light")])
def test_each_field_shows_at_once_who_will_see_it(look, draft, width, scheme):
    page = look(url(draft), width=width, scheme=scheme)
    mark = page.locator("label", has_text="Title").get_by_title("Everyone", exact=True)
    expect(mark).to_be_visible()

    page.get_by_role("radio", name="The team").check()
    expect(page.locator("#seen-by")).to_have_text("Team and its authors")
    page.get_by_label("Only its authors until").fill("2999-05-01")

    words = "Team and its authors, from 1 May 2999"
    expect(page.locator("#seen-by")).to_have_text(words)
    expect(page.locator(".schema-form").get_by_text(words)).to_have_count(2)
    expect(page.locator("label", has_text="Title").get_by_title(words)).to_be_visible()
    expect(saved(page)).to_be_visible()
    assert faults(page) == []


def test_a_button_does_what_it_says_when_there_is_nothing_to_save(look, draft):
    page = look(url(draft))

    with page.expect_navigation():
        page.get_by_role("button", name="See the plan").click()

    assert page.url.endswith("/plan/")


def test_what_is_written_without_a_connection_arrives_later(look, draft):
    page = look(url(draft))
    page.context.set_offline(True)
    page.get_by_label("Title").fill("Written in a tunnel")
    expect(page.get_by_text("The portal cannot be reached")).to_be_visible()
    assert now(draft).content["title"] == "Lysozyme on a chip"

    page.context.set_offline(False)
    expect(saved(page)).to_be_visible()

    assert now(draft).content["title"] == "Written in a tunnel"


def test_what_had_not_arrived_when_the_page_was_closed_stands_there_again(look, live_server, draft):
    page = look(url(draft))
    page.route("**/drafts/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_label("Title").fill("Almost lost")
    expect(page.get_by_text("The portal cannot be reached")).to_be_visible()
    page.goto("about:blank")
    page.unroute("**/drafts/**")

    page.goto(live_server.url + url(draft))
    expect(page.get_by_label("Title")).to_have_value("Almost lost")
    expect(saved(page)).to_be_visible()

    assert now(draft).content["title"] == "Almost lost"


def test_a_second_tab_overwrites_nothing(look, draft, alice):
    page = look(url(draft))
    told = publish.DraftChanges(content={**draft.content, "title": "From the other tab"})
    publish.save_draft(submission=draft, actor=alice, revision=draft.revision, told=told)

    page.get_by_label("Title").fill("From this tab")
    page.get_by_role("button", name="Look at both").click()
    expect(page.get_by_role("heading", name="You saved this draft elsewhere")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Save so").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("From this tab")

    assert now(draft).content["title"] == "From this tab"


def test_files_that_are_dropped_are_uploaded_and_chosen(look, draft, staging):
    page = look(url(draft, f"files/?collection={staging.pk}"))
    drop = """() => {
        const told = new DataTransfer();
        told.items.add(new File(["measured"], "50 % ä.txt", {type: "text/plain"}));
        document.querySelector("[data-put]").dispatchEvent(new DragEvent("drop", {dataTransfer: told, bubbles: true}));
    }"""

    page.evaluate(drop)
    expect(page.locator("form[aria-labelledby=chosen-h]")).to_contain_text("50 % ä.txt")

    assert [str(one.path) for one in now(draft).files] == ["/chip", "/50 % ä.txt"]


def test_it_is_written_without_a_script_too(look, draft):
    page = look(url(draft), script=False)
    page.get_by_label("Title").fill("By a button")

    page.get_by_role("button", name="See the plan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What will happen")
    assert now(draft).content["title"] == "By a button"


def test_what_buttons_of_the_form_do_is_saved_too(look, draft, alice):
    content = {**draft.content, "energy": 12, "notes": "wet"}
    proposed = {f"/{name}": {"value": content[name], "source": "3 files"} for name in ("energy", "notes")}
    told = publish.DraftChanges(content=content, proposed=proposed)
    publish.save_draft(submission=draft, actor=alice, revision=draft.revision, told=told)
    page = look(url(draft))

    page.get_by_role("button", name="Accept all 2").click()
    expect(saved(page)).to_be_visible()

    assert (now(draft).proposed, now(draft).content) == ({}, content)
