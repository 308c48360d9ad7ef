"""The pages of flows in a browser: readable by everybody, with and without scripts, and up to date while one looks."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.access.types import PUBLIC
from apps.flows.models import WebInput
from tests.browser.conftest import faults, unfold
from tests.flows.conftest import HELLO, carry, clock, make_flow, run_of, start
from tests.transfer.conftest import alice, here, make_place, source

__all__ = ["alice", "carry", "clock", "here", "make_flow", "make_place", "run_of", "source", "start"]
WAIT = {"Type": "Wait", "Seconds": 3600, "Next": "Say"}
QUESTION = {"title": "Keep it?", "options": [{"name": "Yes", "description": "all of it"}], "takes_comment": True}
ASK = {"Type": "Action", "ActionUrl": "/api/actions/user/selection", "Parameters": QUESTION, "End": True}
PLACE = {
    "type": "object",
    "title": "Source",
    "format": "globus-collection",
    "properties": {"id": {"type": "string", "format": "uuid"}, "path": {"type": "string"}},
    "required": ["id", "path"],
}
PERSON = {"type": "object", "title": "Person", "properties": {"name": {"type": "string"}}, "required": ["name"]}
SCHEMA = {
    "type": "object",
    "properties": {
        "word": {"type": "string", "minLength": 2, "title": "Word", "description": "What is said."},
        "source": PLACE,
        "people": {"type": "array", "title": "People", "items": PERSON},
        "kind": {"enum": ["chip", "jet"], "title": "Kind"},
        "shape": {
            "title": "Shape",
            "oneOf": [
                {"title": "Round", "type": "object", "properties": {"r": {"type": "number"}}, "required": ["r"]},
                {"title": "Straight", "type": "object", "properties": {"l": {"type": "number"}}, "required": ["l"]},
            ],
        },
        "when": {"type": "string", "format": "date-time"},
        "more": {"type": "object"},
    },
    "required": ["word", "source"],
}


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_every_page_is_for_everybody_at_any_width(look, live_server, make_flow, run_of, width, scheme):
    flow, one = make_flow({"Wait": WAIT, "Say": HELLO}, schema=SCHEMA), run_of({"Say": HELLO}, {})
    of_flow = [f"/flows/{flow.pk}/{page}" for page in ("?state=Say", "start/", "edit/", "simulate/", "versions/")]
    of_flow += [f"/flows/{flow.pk}/{page}/" for page in ("people", "details", "delete")]
    of_run = [f"/flows/runs/{one.pk}/{page}" for page in ("", "log/", "people/", "delete/")]
    asking = run_of({"Ask": ASK})
    of_run += [f"/flows/runs/{asking.pk}/", "/flows/inputs/", f"/flows/inputs/{WebInput.objects.get().pk}/"]
    page = look("/flows/", width=width, scheme=scheme)

    for path in ["/flows/", "/flows/?q=nothing", "/flows/new/", "/flows/runs/", *of_flow, *of_run]:
        page.goto(live_server.url + path)
        unfold(page)
        assert (path, faults(page)) == (path, [])


def test_what_is_public_is_shown_to_nobody_in_particular(visit, make_flow):
    flow = make_flow({"Say": HELLO}, roles={"viewer": [PUBLIC]})
    page = visit("/flows/")

    page.get_by_role("link", name="a flow").click()

    expect(page).to_have_url(f"{page.url.partition('/flows')[0]}/flows/{flow.pk}/")
    expect(page.get_by_role("link", name="Start")).to_have_count(0)
    assert faults(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_run_is_started_from_the_form_with_a_folder_that_is_looked_up(look, make_flow, source, here, script):
    (here / "run" / "chip").mkdir(parents=True)
    page = look(f"/flows/{make_flow({'Say': HELLO}, schema=SCHEMA).pk}/start/", script=script)

    page.get_by_label("Word").fill("hello")
    page.get_by_label("Name of a collection for Source").fill("sour")
    page.get_by_role("button", name="Find a collection for Source").click()
    page.get_by_role("radio", name="source").check()
    page.get_by_role("button", name="Browse for Source").click()
    page.get_by_role("button", name="run", exact=True).click()
    page.get_by_role("button", name="chip", exact=True).click()
    expect(page.get_by_label("Path", exact=True)).to_have_value("/run/chip/")
    page.get_by_role("button", name="Add to People").click()
    expect(page.get_by_label("Person 1: Name")).to_be_focused()
    page.get_by_label("Person 1: Name").fill("Bob")
    page.get_by_role("radio", name="Round").check()
    page.get_by_label("R", exact=True).fill("much")
    page.get_by_role("button", name="Start the run").click()
    page.get_by_role("link", name="R: Write a number").click()
    page.get_by_label("R", exact=True).fill("2.5")
    page.get_by_role("button", name="Start the run").click()

    expect(page.get_by_text("The run is started.")).to_be_visible()
    page.get_by_text("Input of the run").click()
    shown = page.get_by_label("Input of the run")
    for words in ('"path": "/run/chip/"', '"name": "Bob"', '"r": 2.5'):
        expect(shown).to_contain_text(words)


def test_the_page_of_a_run_follows_it_to_its_end_and_says_so(look, run_of, carry, clock):
    run = run_of({"Wait": WAIT, "Say": HELLO}, {"word": "hello"})
    page = look(f"/flows/runs/{run.pk}/")
    waiting = page.locator(".graph .wait", has_text="Wait")
    expect(waiting).to_be_visible()

    clock.now += timedelta(hours=2)
    carry(run)

    expect(page.locator("#told")).to_have_text("Succeeded")
    expect(page.locator(".graph .ok")).to_have_count(2)
    expect(page.locator("[data-follow]")).to_have_count(0)


def test_a_graph_that_is_larger_than_its_box_shows_where_the_run_stands(look, run_of):
    steps = {f"Step {number}": {"Type": "Pass", "Next": f"Step {number + 1}"} for number in range(40)}
    run = run_of({**steps, "Step 40": {**WAIT, "Next": "Say"}, "Say": HELLO}, {"word": "hello"})
    page = look(f"/flows/runs/{run.pk}/", width=320)

    state, box = (page.locator(one).bounding_box() for one in (".graph-pane [aria-current]", ".graph-pane"))

    assert box["y"] < state["y"] < box["y"] + box["height"] - state["height"]
    assert box["x"] <= state["x"] < box["x"] + box["width"] - state["width"]


@pytest.mark.parametrize("script", [True, False])
def test_a_run_is_paused_labelled_and_canceled_by_its_buttons(look, run_of, script):
    page = look(f"/flows/runs/{run_of({'Wait': WAIT, 'Say': HELLO}).pk}/", script=script)

    page.get_by_role("button", name="Pause").click()
    page.get_by_text("Change label and tags").click()
    page.get_by_label("Label").fill("Tonight")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_role("heading", name="Tonight")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Cancel the run").click()

    expect(page.locator("#live").get_by_text("Being canceled")).to_be_visible()


def test_the_editor_checks_and_draws_as_one_writes(look):
    page = look("/flows/new/")
    text = page.get_by_label("Definition", exact=True)

    text.fill("StartAt: A\nStates:\n  A: {Type: Pass, Next: B}\n  C: {Type: Succeed}\n")
    expect(page.locator("#findings")).to_contain_text("Error")
    page.locator("#findings a[data-line]").last.click()
    expect(text).to_be_focused()
    text.fill("StartAt: A\nStates:\n  A: {Type: Pass, Next: C}\n  C: {Type: Succeed}\n")

    expect(page.locator("#findings")).to_contain_text("Can be saved")
    expect(page.locator(".graph .node")).to_have_count(2)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_a_file_is_looked_at_as_changes_before_it_is_saved(look, make_flow, tmp_path, width, scheme):
    flow, file = make_flow({"Say": HELLO}), tmp_path / "flow.yaml"
    file.write_text("StartAt: A\nStates:\n  A: {Type: Succeed}\n")
    page = look(f"/flows/{flow.pk}/edit/", width=width, scheme=scheme)

    page.get_by_text("From a file").click()
    page.get_by_label("File of JSON or YAML").set_input_files(file)
    page.get_by_role("button", name="Take as the definition").click()
    expect(page.get_by_label("Definition", exact=True)).to_have_value(file.read_text())
    page.get_by_role("button", name="Save …").click()

    expect(page.get_by_label("Changes of the definition")).to_contain_text('+   "StartAt": "A"')
    assert faults(page) == []
    page.get_by_role("button", name="Back to the editor").click()
    page.get_by_role("button", name="Save …").click()
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_text("Version 2 is saved.")).to_be_visible()
