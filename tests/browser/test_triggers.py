"""Triggers in a browser: made for a folder, tried, begun and followed; with scripts and without."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.common.beats import beating
from apps.flows import engine as flow_engine
from apps.triggers import engine
from apps.triggers.models import Firing, SeenFile, Trigger
from apps.triggers.types import Message, Records, RunEnd, Webhook
from tests.browser.conftest import faults, unfold
from tests.flows.conftest import HELLO
from tests.storage.beamline import admin
from tests.triggers.conftest import beamline, clock, flow, make_flow, make_trigger, raw, root
from tests.triggers.test_watcher import watcher
from tests.waiting import until

__all__ = ["admin", "beamline", "clock", "flow", "make_flow", "make_trigger", "raw", "root", "watcher"]
SCHEMA = {
    "type": "object",
    "required": ["word", "source"],
    "properties": {
        "word": {"type": "string", "default": "hello"},
        "source": {"type": "object", "format": "globus-collection", "properties": {"id": {}, "path": {}}},
    },
}


@pytest.fixture
def working():
    """What workers do, is done all the while."""

    def work():
        now = timezone.now()
        for firing_id in engine.firings_due(now):
            engine.begin(firing_id, now)
        due = flow_engine.due(now)
        for run_id in due.runs:
            flow_engine.advance(run_id, timezone.now, lambda action: None)
        for action in due.actions:
            flow_engine.perform(action.pk, timezone.now, lambda action: None)
        for firing in Firing.objects.filter(state="going").select_related("trigger"):
            engine.look_after(firing, now)

    with beating(work, every_s=0.1, what="all work"):
        yield


@pytest.fixture
def seen(make_trigger):
    """A trigger that saw three files, of which one started a run that failed."""
    trigger, now = make_trigger(pattern="*.cbf", batch={"count": 512, "group_by": ("folder",)}), timezone.now()
    told = {"key": "a", "at": now, "state": "failed", "count": 1, "message": "It was too dark."}
    failed = Firing.objects.create(trigger=trigger, **told)
    for number, state in enumerate(("taken", "ignored", "settled"), 1):
        told = {"path_id": f"{number:032}", "path": f"/raw/chip_A/{number}.cbf", "state": state, "seen_at": now}
        SeenFile.objects.create(trigger=trigger, size=number * 10**6, firing=failed if number == 1 else None, **told)
    return trigger


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_every_page_is_for_everybody_at_any_width(look, live_server, index, seen, make_trigger, flow, width, scheme):
    others = [make_trigger(one).pk for one in (Webhook(), Message(), RunEnd(flow.pk), Records(str(index.pk), "q=a"))]
    pages = [f"/triggers/{seen.pk}/{one}" for one in ("", "files/", "change/", "delete/")]
    pages += [f"/triggers/{one}/" for one in others] + [f"/triggers/{one}/change/" for one in others]
    page = look("/triggers/", width=width, scheme=scheme)

    for path in ["/triggers/", "/triggers/?name=x", "/triggers/new/", "/triggers/new/files/", *pages]:
        page.goto(live_server.url + path)
        unfold(page)
        assert (path, faults(page)) == (path, [])


@pytest.mark.parametrize("script", [True, False])
def test_a_trigger_is_made_tried_and_begun_and_its_log_shows_what_it_started(
    look, beamline, make_flow, raw, watcher, working, script
):
    make_flow({"Say": HELLO}, schema=SCHEMA)
    (raw / "chip_A").mkdir()
    (raw / "chip_A" / "old.cbf").write_text("image")
    page = look("/triggers/", script=script)
    page.get_by_role("link", name="New trigger").first.click()
    page.get_by_role("link", name="New files in a folder").click()

    page.get_by_label("Name", exact=True).fill("Chips")
    page.get_by_label("Name of a collection for Folder").fill("beam")
    page.get_by_role("button", name="Find a collection for Folder").click()
    page.get_by_role("radio", name="Beamline").check()
    page.get_by_role("button", name="Browse for Folder").click()
    page.get_by_role("button", name="raw", exact=True).click()
    expect(page.get_by_label("Path", exact=True)).to_have_value("/raw/")
    page.get_by_label("Which files").fill("chip_{chip}/*.cbf")
    page.get_by_text("Finer points").click()
    page.get_by_label("Settled when unchanged for").fill("0")
    page.get_by_label("Flow", exact=True).fill("a flow")
    page.get_by_role("button", name="Propose the template").click()
    expect(page.get_by_text("A template is proposed")).to_be_visible()
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("1 file would be taken, 0 ignored.")).to_be_visible()
    expect(page.get_by_label("Input of the first run")).to_contain_text('"path": "/raw/chip_A/old.cbf"')
    expect(page.get_by_text("The flow takes this input.")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Which files").fill("chip_{chip")
    page.get_by_role("button", name="Save and begin").click()
    page.get_by_role("link", name="Which files: “{”").click()
    page.get_by_label("Which files").fill("chip_{chip}/*.cbf")
    page.get_by_role("button", name="Save and begin").click()

    expect(page.get_by_text("The trigger waits from now on.")).to_be_visible()
    until(lambda: Trigger.objects.get().has_looked)
    (raw / "chip_A" / "new.cbf").write_text("image")
    until(lambda: Firing.objects.filter(state="done").exists())
    if not script:
        page.reload()
    log = page.get_by_label("What it started, table")
    expect(log.get_by_text("Succeeded")).to_be_visible()
    expect(page.get_by_role("link", name="Taken 1")).to_be_visible()
    assert faults(page) == []
    log.get_by_role("link").click()
    page.get_by_text("Input of the run").click()
    expect(page.get_by_label("Input of the run")).to_contain_text("/raw/chip_A/new.cbf")
