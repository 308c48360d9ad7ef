"""The whole way on the sample: from the files of a run to a record that is found by exactly those who may find it."""

import re
from io import StringIO
from pathlib import Path
from urllib.parse import quote_plus, urljoin

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from apps.accounts.models import User
from apps.common.beats import beating
from apps.flows import engine
from apps.publish.models import Submission
from apps.search import ingest
from apps.search.models import Index
from apps.transfer import mover
from tests.browser.conftest import faults
from tests.conftest import PASSWORD
from tests.waiting import until

FOLDERS = ("ssx", "group", "raw", "S19", "PDL1", "B")
TITLE, SECRET = "Bounce_1", "overexposed"


@pytest.fixture
def alice(live_server, settings, tmp_path):
    """Of the portal as `make run` brings it, with fewer runs: with its people, its collections and its form."""
    settings.HOME, settings.DEMO_PASSWORD, settings.PUBLIC_URL = tmp_path, PASSWORD, live_server.url
    for command, how in (("install_flows", {}), ("install_forms", {}), ("load_sample", {"runs": 40})):
        call_command(command, stdout=StringIO(), **how)
    return User.objects.get(username="alice")


@pytest.fixture
def shelf():
    """There is no index but the sample's."""


@pytest.fixture
def working(alice):
    """Whatever workers do is done all the while."""
    index = Index.objects.get(slug="ssx")

    def work():
        due = engine.due(timezone.now())
        for run_id in due.runs:
            engine.advance(run_id, timezone.now, lambda action: None)
        for action in due.actions:
            engine.perform(action.pk, timezone.now, lambda action: None)
        mover.work(clock=timezone.now)
        ingest.drain(index.pk, clock=timezone.now)

    with beating(work, every_s=0.1, what="all work"):
        yield


@pytest.fixture
def drafted(look, working):
    """Alice's page, on which she has written all of a submission and sees what will happen."""

    def drafted(visibility, **how):
        page = look("/publish/", **how)
        page.get_by_role("link", name="Serial-crystallography run", exact=True).click()
        page.get_by_role("button", name="Begin a draft").click()
        choose_files(page)
        fill_in(page, visibility)
        page.get_by_role("button", name="See the plan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What will happen")
        return page

    return drafted


def choose_files(page):
    page.get_by_role("link", name="Beamline").click()
    for folder in FOLDERS:
        page.get_by_role("link", name=folder, exact=True).click()
    page.get_by_role("checkbox", name=f"Choose {TITLE}").check()
    require_for_everybody(page)
    page.get_by_role("button", name="Choose what is ticked").click()
    expect(page.get_by_role("form", name="Chosen")).to_contain_text(TITLE)
    page.get_by_role("link", name="To the form").click()


def fill_in(page, visibility):
    """What the files do not say; what they say is accepted."""
    page.get_by_role("button", name="Accept all").click()
    expect(page.get_by_role("button", name="Accept all")).to_have_count(0)
    page.get_by_role("button", name="Add to People").click()
    page.get_by_role("group", name="Person 1").get_by_label("Name", exact=True).fill("Curie, Marie")
    page.get_by_role("group", name="Publisher").get_by_label("Name", exact=True).fill("Beamline 7")
    page.get_by_label("Year of publication").fill("2026")
    page.get_by_role("group", name="Restricted notes").get_by_label("Notes optional", exact=True).fill(SECRET)
    page.get_by_role("radio", name=visibility).check()
    require_for_everybody(page)


def send_in(page):
    require_for_everybody(page)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("It is sent in")).to_be_visible()
    require_for_everybody(page)


def approve(look, **how):
    """As the curator, from the list of what waits."""
    page = look("/publish/review/", "charlie", **how)
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    require_for_everybody(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("It is approved, and is being published.")).to_be_visible()


def watch(page):
    """The run, which is followed by itself where scripts run, and looked at again where none does; then the record."""
    page.reload()
    page.get_by_role("link", name=re.compile("Watch the run|The run")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    until(lambda: Submission.objects.get().state == "published", within_s=60)
    page.reload()
    expect(page.get_by_text("Succeeded").first).to_be_visible()
    require_for_everybody(page)
    page.goto(page.url.partition("/flows/")[0] + f"/publish/drafts/{Submission.objects.get().pk}/")
    page.get_by_role("link", name="The record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    require_for_everybody(page)


def found_by(page, words):
    """What a search for the words finds for whoever this page is of, by its titles."""
    page.goto(urljoin(page.url, f"/ssx/?q={quote_plus(words)}"))
    expect(page.locator("#count")).to_be_visible()
    return page.locator(".results .hit h3").all_inner_texts()


def download(page):
    """The first file of the record, as a click brings it."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download Bounce_1/Bounce_1_0.cbf").click()
    return coming.value


def measured(home):
    """The same file where it was written."""
    return Path(home, "files", "beamline", *FOLDERS, TITLE, "Bounce_1_0.cbf")


def require_for_everybody(page):
    """On a large screen by day, and on a phone at night; colours are judged when they have changed."""
    before = page.viewport_size
    for width, scheme in ((1440, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert (page.url, width, faults(page)) == (page.url, width, [])
    page.set_viewport_size(before)


@pytest.mark.parametrize("script", [True, False])
def test_a_run_is_published_for_the_group_and_found_by_nobody_else(drafted, look, visit, settings, script):
    alice = drafted("The beamline's group", script=script)
    send_in(alice)
    approve(look, script=script)
    watch(alice)

    bob, charlie, nobody = (*(look("/", who, script=script) for who in ("bob", "charlie")), visit("/", script=script))
    address = alice.url
    assert [found_by(one, "Curie Marie") for one in (alice, bob, charlie, nobody)] == [[TITLE], [TITLE], [], []]
    assert [found_by(one, SECRET) for one in (alice, bob, charlie, nobody)] == [[TITLE], [], [], []]
    assert [one.goto(address).status for one in (bob, charlie, nobody)] == [200, 404, 404]

    file = download(bob)
    assert Path(file.path()).read_bytes() == measured(settings.HOME).read_bytes()
    assert charlie.goto(file.url).status == 404
    nobody.goto(file.url)
    expect(nobody.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
