"""The pipelines as people meet them: started from a form, watched, decided about, and found when they are done."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from apps.common.beats import beating
from apps.flows import computing, engine
from apps.flows import services as flows
from apps.flows.ready_made.functions.making import write_images, write_movies
from apps.search import ingest
from apps.search import services as search
from apps.transfer import mover
from apps.web.sample.ssx import PRESENTATION
from tests.browser.conftest import faults, give_password
from tests.transfer.conftest import alice, destination, here, make_place, source

__all__ = ["alice", "destination", "here", "make_place", "source"]
LOOKS = [(1440, "light"), (320, "dark")]
END_MS = 60_000


@pytest.fixture
def datasets(alice):
    told = {"display_name": "Datasets", "slug": "datasets", "presentation": PRESENTATION}
    return search.create_index(actor=alice, **told)


@pytest.fixture
def working(datasets):
    """Flows are installed, and whatever workers do is done all the while."""
    flows.install_functions()
    flows.install_flows()

    def work():
        due = engine.due(timezone.now())
        for run_id in due.runs:
            engine.advance(run_id, timezone.now, lambda action: None)
        for action in due.actions:
            engine.perform(action.pk, timezone.now, lambda action: None)
        mover.work(clock=timezone.now)
        computing.work("compute", clock=timezone.now)
        ingest.drain(datasets.pk, clock=timezone.now)

    with beating(work, every_s=0.1, what="all work"):
        yield


@pytest.fixture
def form(look, datasets, source, destination, working):
    """The form of a pipeline, as Alice has filled in where its files are and go to."""

    def form(name, come_from, go_to, **how):
        page = look(f"/flows/{flows.ready_made_id(name)}/start/", **how)
        choose(page, come_from, "source", "/run/")
        choose(page, go_to, "destination", "/S12/PDL1/B/Bounce_7_images/")
        page.get_by_label("Index").fill(str(datasets.pk))
        page.get_by_label("Unchanged for so many seconds").fill("0")
        return page

    return form


def choose(page, field, collection, path):
    page.get_by_label(f"Name of a collection for {field}").fill(collection)
    page.get_by_role("button", name=f"Find a collection for {field}").click()
    page.get_by_role("group", name=field, exact=True).get_by_role("radio", name=collection).check()
    page.get_by_role("group", name=field, exact=True).get_by_label("Path", exact=True).fill(path)


def require_for_everybody(page):
    assert (page.url, faults(page)) == (page.url, [])


def find(page, home, title):
    """Look for the record as somebody who was told its title."""
    page.goto(f"{home}/datasets/")
    page.get_by_label("Search Datasets").fill(title)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_images_that_come_in_become_a_record_with_pictures(form, live_server, here, width, scheme):
    page = form("serial_crystallography", "Images", "Dataset", width=width, scheme=scheme)
    page.get_by_label("Wait for so many files").fill("3")
    require_for_everybody(page)
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_text("The run is started.")).to_be_visible()
    require_for_everybody(page)

    write_images(here / "run", "Bounce_7", range(3))

    expect(page.locator("#told")).to_have_text("Succeeded", timeout=END_MS)
    require_for_everybody(page)
    find(page, live_server.url, "Bounce_7_images")
    expect(page.locator("#board").get_by_role("img", name="Powder pattern")).to_be_visible()
    require_for_everybody(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_movies_are_published_when_somebody_else_decides_so(
    form, visit, live_server, here, bob, settings, width, scheme
):
    settings.PUBLIC_URL = live_server.url
    write_movies(here / "run", "movie", range(3))
    page = form("cryo_em_session", "Movies", "Session", width=width, scheme=scheme)
    page.get_by_role("button", name="Add to Who decides").click()
    page.get_by_label("Name of a person or group for Who decides").fill("bob")
    page.get_by_role("button", name="Find Who decides").click()
    page.get_by_role("button", name="bob").click()
    expect(page.get_by_label("Who decides 1", exact=True)).to_have_value(re.compile("^urn:globus:auth:identity:"))
    require_for_everybody(page)
    page.get_by_role("button", name="Start the run").click()
    expect(page.locator("#live").get_by_text("It waits for an answer")).to_be_visible(timeout=END_MS)
    require_for_everybody(page)

    decide(visit, bob, width, scheme)

    expect(page.locator("#told")).to_have_text("Succeeded", timeout=END_MS)
    find(page, live_server.url, "Bounce_7_images")
    require_for_everybody(page)


def decide(visit, person, width, scheme):
    """Follow the link of the mail, and say “Publish”."""
    [letter] = [one for one in mail.outbox if one.to == [person.email]]
    [link] = re.findall(r"http://\S+(/flows/inputs/\S+)", letter.body)
    page = visit(link, width=width, scheme=scheme)
    give_password(page, person.username)
    require_for_everybody(page)
    page.get_by_role("radio", name="Publish").check()
    page.get_by_label("Why").fill("Sharp enough.")
    page.get_by_role("button", name="Answer").click()
    require_for_everybody(page)
