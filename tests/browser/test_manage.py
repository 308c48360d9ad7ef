"""Running an index as its owner does it."""

import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.search import ingest
from apps.search import services as search
from tests.browser.conftest import faults
from tests.browser.keys import Keys
from tests.web.conftest import entry

PAGES = [
    "catalogue/",
    "catalogue/?contains=zzz",
    "presentation/",
    "presentation/form/",
    "presentation/history/",
    "tasks/",
    "roles/",
    "settings/",
    "settings/delete/",
    "view-as/",
    "log/",
]


@pytest.fixture
def manage(look, shelf):
    """Opens a page of the index's management as Alice."""

    def manage(path, **how):
        return look(f"/crystals/manage/{path}", **how)

    return manage


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_for_everybody_at_any_width(manage, path):
    wide, narrow = manage(path, scheme="dark"), manage(path, width=320)

    assert (faults(wide), faults(narrow)) == ([], [])


def test_a_path_becomes_a_facet_by_a_click_and_is_none_again(manage):
    page = manage("catalogue/?contains=title")

    page.get_by_role("button", name="Facet of title").click()
    expect(page.get_by_role("status").filter(has_text="Made title a facet.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("button", name="Facet of title")).to_be_visible()
    expect(page.get_by_label("Path holds")).to_have_value("title")


def test_the_preview_follows_what_is_written(manage):
    page = manage("presentation/")
    preview = page.locator("#preview .facets")
    expect(preview.get_by_role("heading", name="Hit rate")).to_be_visible()

    page.get_by_role("textbox", name="JSON").fill(
        json.dumps({"summary": [], "facets": [{"path": "protein", "label": "Stuff"}]})
    )
    expect(preview.get_by_role("heading", name="Stuff")).to_be_visible()
    expect(preview.get_by_role("heading", name="Hit rate")).to_be_hidden()
    assert faults(page) == []

    page.get_by_role("textbox", name="JSON").fill('{"accent": "red"}')
    expect(page.locator("#preview-state")).to_contain_text("accent: must be a colour such as #0a7a5a")


def test_a_draft_is_previewed_edited_and_saved_without_script(manage):
    page = manage("presentation/", script=False)

    page.get_by_role("textbox", name="JSON").fill('{"facets": [{"path": "protein", "label": "Stuff"}]}')
    page.get_by_label("Note").fill("try")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview, not saved")).to_be_visible()
    expect(page.locator(".facets").get_by_role("heading", name="Stuff")).to_be_visible()
    page.get_by_role("button", name="Go on editing").click()
    expect(page.get_by_label("Note")).to_have_value("try")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Version 2 is saved.")).to_be_visible()


def test_a_task_that_is_in_progress_is_looked_at_again(manage, shelf, alice):
    search.submit_entries(index=shelf, actor=alice, entries=[entry("late")])
    page = manage("tasks/")
    expect(page.get_by_text("Waiting")).to_be_visible()

    ingest.drain(shelf.pk, clock=timezone.now)

    expect(page.get_by_text("Waiting")).to_be_hidden(timeout=15_000)
    assert faults(page) == []


def test_an_index_is_run_with_the_keyboard_alone(manage):
    keys = Keys(manage("catalogue/"))

    keys.press("Tab", "Enter").to("Path holds").write("title").press("Enter")
    expect(keys.page).to_have_url(re.compile("contains=title"))
    keys.to("Facet of title").press("Enter")
    expect(keys.page.get_by_role("status").filter(has_text="Made title a facet.")).to_be_visible()

    for name in ("Presentation", "Tasks", "Roles", "Settings", "Catalogue"):
        keys.to(name).press("Enter")
        expect(keys.page.get_by_role("heading", level=1, name=name)).to_be_visible()
        for _ in range(40):
            at = keys.press("Tab").where()
            assert at["isNowhere"] or (at["hasRing"] and at["isInView"]), (name, at)


def test_a_faulty_draft_and_a_role_for_nobody_are_told_to_everybody(manage):
    page = manage("presentation/")
    page.get_by_role("textbox", name="JSON").fill('{"accent": "red", "facets": [{}]}')
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    assert faults(page) == []

    page.get_by_role("link", name="Roles").click()
    page.get_by_role("textbox").last.fill("no such person")
    page.get_by_role("button", name="Give role").click()
    expect(page.locator("[aria-invalid=true]").or_(page.locator(".error")).first).to_be_visible()
    assert faults(page) == []
