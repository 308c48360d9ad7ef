"""The pages of timers in a browser: from a transfer to its timer and its calendar, for everybody, at any width."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.timers import services as timers
from apps.timers.types import Cron, Every
from tests.browser.conftest import faults, unfold
from tests.flows.conftest import HELLO
from tests.web.timers.conftest import (
    alice,
    carry,
    clock,
    destination,
    finish,
    flow,
    here,
    make_flow,
    make_place,
    make_timer,
    run_of,
    source,
    start,
    submit,
    there,
    tick,
)

__all__ = ["alice", "carry", "clock", "destination", "finish", "flow", "here", "make_flow", "make_place", "make_timer"]
__all__ += ["run_of", "source", "start", "submit", "there", "tick"]
SIZES = [(1440, "light"), (840, "light"), (390, "dark")]


@pytest.fixture
def busy(make_timer, clock, tick, finish):
    """Timers that went well, rest because of failures, and strike each minute."""
    clock.now -= timedelta(days=2)
    timer = make_timer(Every(3600, clock()))
    for passes in (0, 1, 20):
        tick(timedelta(hours=passes))
        finish(timer)
    make_timer(Cron("* * * * *", "Europe/Berlin", timezone.now()))
    broken = make_timer(Every(3600, clock()), most_failures=1)
    timers.pause_timer(timer=broken)
    type(broken).objects.filter(pk=broken.pk).update(
        failures=5, inactive={"cause": "failures", "detail": {"message": "There is no collection with this id."}}
    )
    return timer, broken


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_every_page_is_for_everybody_at_any_width(look, live_server, busy, submit, make_flow, width, scheme):
    timer, broken = busy
    new_flow = make_flow({"Say": HELLO}, schema={"type": "object", "properties": {"word": {"type": "string"}}})
    paths = [f"/timers/{timer.pk}/{part}" for part in ("", "change/", "delete/")]
    paths += [
        f"/timers/{broken.pk}/",
        f"/timers/new/timer/{timer.pk}/",
        "/timers/calendar/",
        f"/timers/calendar/?week={timezone.now():%G-W%V}",
    ]
    paths += [f"/timers/new/transfer/{submit().pk}/", f"/timers/new/flow/{new_flow.pk}/", "/timers/?name=nothing"]
    page = look("/timers/", width=width, scheme=scheme)

    for path in ["/timers/", *paths]:
        page.goto(live_server.url + path)
        unfold(page)
        assert (path, faults(page)) == (path, [])


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_a_transfer_is_repeated_by_a_timer_that_is_paused_and_found_in_the_calendar(look, submit, width, scheme):
    page = look(f"/tasks/{submit().pk}/", width=width, scheme=scheme)

    page.get_by_role("link", name="Repeat this").click()
    expect(page.locator("#id_cron")).to_be_hidden()
    page.get_by_label("How often").fill("soon")
    expect(page.locator("#preview")).to_contain_text("“soon” is no interval")
    page.get_by_role("radio", name="By a cron expression").check()
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_role("textbox", name="Cron expression").fill("30 9 * * *")
    expect(page.locator("#preview time")).to_have_count(5)
    expect(page.locator("#preview")).to_contain_text("At 09:30 every day, Asia/Tokyo")
    assert faults(page) == []
    page.get_by_label("Name").fill("Each morning")
    page.get_by_role("button", name="Make the timer").click()

    expect(page.get_by_role("heading", name="Each morning")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("none while it rests")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".turns time")).to_have_count(10)
    page.get_by_role("link", name="Timers", exact=True).last.click()
    page.get_by_role("link", name="Calendar").click()
    page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("link", name="Each morning").first).to_be_visible()
    expect(page.get_by_text(re.compile("Times are of Asia/Tokyo"))).to_be_visible()
    assert faults(page) == []


def test_without_scripts_the_button_tells_the_next_turns(look, submit):
    page = look(f"/timers/new/transfer/{submit().pk}/", script=False)

    page.get_by_label("How often").fill("every 2 hours")
    page.get_by_role("button", name="Preview").last.click()

    expect(page.locator("#preview time")).to_have_count(5)
    page.get_by_role("button", name="Make the timer").click()
    expect(page.get_by_text("The timer is made.")).to_be_visible()
