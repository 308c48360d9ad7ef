"""The pages of tasks in a browser: readable by everybody, and up to date while somebody looks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.transfer.models import Event
from tests.browser.conftest import faults, unfold
from tests.transfer.conftest import (
    alice,
    delete,
    destination,
    fill,
    here,
    make_place,
    moved,
    source,
    submit,
    there,
    wish,
)

__all__ = ["alice", "delete", "destination", "here", "make_place", "moved", "source", "submit", "there"]
PROGRESS = '{"bytes_transferred": 80000000, "files_succeeded": 4, "duration": 2.0, "mbps": 320.0}'


@pytest.fixture
def failed(here, submit, moved):
    """A task of which something was done, and something was not."""
    fill(here, a=1)
    task = moved(submit(wish("/a"), wish("/missing")))
    Event.objects.create(task=task, at=timezone.now(), code="PROGRESS", description="Progress", details=PROGRESS)
    return task


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (320, "light")])
def test_every_page_is_for_everybody_at_any_width(look, live_server, submit, failed, width, scheme):
    one, waiting = f"/tasks/{failed.pk}/", submit()
    paths = ["/tasks/?label=nothing", one, f"{one}files/failed/", f"{one}files/transferred/", f"{one}events/"]
    page = look("/tasks/", width=width, scheme=scheme)

    for path in ["/tasks/", f"/tasks/{waiting.pk}/", *paths]:
        page.goto(live_server.url + path)
        unfold(page)
        assert (path, faults(page)) == (path, [])


def test_a_page_follows_its_task_to_its_end_and_says_so(look, here, submit, moved):
    fill(here / "run", a=1)
    task = submit()
    page = look(f"/tasks/{task.pk}/")
    expect(page.get_by_text("It waits for its turn")).to_be_visible()
    page.get_by_role("button", name="Cancel the task").focus()

    moved(task)

    expect(page.get_by_role("link", name="Transferred (1)")).to_be_visible()
    expect(page.locator("#told")).to_have_text("Succeeded")
    expect(page.locator("[data-follow]")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "repeat"


def test_what_was_unfolded_stays_so_while_a_page_follows(look, submit):
    task = submit()
    told = {"task": task, "code": "PROGRESS", "description": "Progress", "details": PROGRESS}
    now = timezone.now()
    Event.objects.create(at=now, **told)
    page = look(f"/tasks/{task.pk}/")
    page.get_by_text("Show as table").click()

    Event.objects.create(at=now + timedelta(seconds=20), **told)

    expect(page.locator(".twin tbody tr")).to_have_count(11)
    expect(page.locator(".twin table")).to_be_visible()
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_the_list_follows_what_goes_on(look, submit, moved):
    task = submit()
    page = look("/tasks/")
    expect(page.get_by_text("Waiting")).to_be_visible()

    moved(task)

    expect(page.locator("#tasks").get_by_text("Failed")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (320, "light")])
def test_bookmarks_are_for_everybody_at_any_width(look, alice, source, width, scheme):
    told = {"actor": alice, "collection": source, "path": FilePath.parse("/a/folder/far/below")}
    page = look(f"/collections/bookmarks/new/?collection={source.pk}", width=width, scheme=scheme)
    assert faults(page) == []
    page.goto(page.url.partition("new/")[0])
    assert faults(page) == []
    transfer.add_bookmark(name="Night of 21 November", **told)

    page.reload()

    assert faults(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_folder_is_bookmarked_and_led_to(look, source, script):
    page = look(f"/collections/{source.pk}/", script=script)
    page.get_by_role("link", name="Bookmark", exact=True).click()
    expect(page.get_by_role("heading", name="Bookmark this folder")).to_be_visible()

    page.locator("[name=name]").fill("Tonight")
    page.get_by_role("button", name="Bookmark", exact=True).click()
    expect(page.get_by_text("The folder is bookmarked as “Tonight”.").first).to_be_visible()
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Files").click()
    page.get_by_role("link", name="Tonight").click()

    expect(page.get_by_role("heading", level=1, name="source")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_task_is_paused_changed_and_repeated_by_its_buttons(look, submit, script):
    page = look(f"/tasks/{submit().pk}/", script=script)

    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("It rests.")).to_be_visible()
    page.get_by_text("Change label and deadline").click()
    page.get_by_label("Label").fill("Tonight")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_role("heading", name="Tonight")).to_be_visible()
    page.get_by_role("button", name="Cancel the task").click()
    page.get_by_role("button", name="Do all of it again").click()
    expect(page.get_by_text("This is the new task.")).to_be_visible()
