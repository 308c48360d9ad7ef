"""Reviews in a browser: everybody can use their pages, with a script and without; a referee needs no name."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.publish import services as publish
from apps.publish.models import Submission
from tests.browser.conftest import faults, unfold
from tests.publish.conftest import *  # noqa: F403 (fixtures)
from tests.publish.conftest import urn


@pytest.fixture
def shelf():
    """The index is Dana's here, and empty."""


@pytest.fixture
def form(make_form, bob):
    return make_form(reviewers=[urn(bob)])


@pytest.fixture
def sent(draft, alice, bob):
    sent = publish.submit(submission=draft, actor=alice, revision=1, note="Please be quick:\nthe paper is out soon.")
    publish.comment(submission=sent, actor=bob, pointer="/sample/protein", text="Which one?")
    publish.comment(submission=sent, actor=bob, text="Good work.")
    return sent


@pytest.fixture
def link(sent, alice):
    now = timezone.now()
    made = publish.make_link(submission=sent, actor=alice, label="R2", expires_at=now + timedelta(days=7), now=now)
    return "/publish/" + made[1].partition("/publish/")[2]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_every_page_is_for_everybody_at_any_width(look, live_server, sent, link, width, scheme):
    one = f"/publish/review/{sent.pk}/"
    page = look("/publish/review/", "bob", width=width, scheme=scheme)

    for path in ("/publish/review/", one, f"{one}plan/", f"{one}links/", link, "/publish/referee/wrong/"):
        page.goto(live_server.url + path)
        unfold(page)
        assert (path, faults(page)) == (path, [])


@pytest.mark.parametrize("script", [True, False])
def test_a_reviewer_says_what_is_wrong_and_sends_it_back(look, sent, script):
    page = look("/publish/review/", "bob", script=script)
    page.get_by_role("link", name="Lysozyme on a chip").click()

    page.locator("summary", has_text="Comment on Title").click()
    page.get_by_label("Comment on Title").fill("Longer, please.")
    page.get_by_role("button", name="Say it").locator("visible=true").click()
    expect(page.get_by_text("Longer, please.")).to_be_visible()
    page.get_by_role("button", name="Send back").click()

    expect(page.get_by_text("It is sent back to its author.")).to_be_visible()
    assert Submission.objects.get(pk=sent.pk).state == "draft"


def test_a_link_is_made_given_and_read_by_somebody_without_a_name(look, visit, sent):
    page = look(f"/publish/review/{sent.pk}/links/", "alice")
    page.get_by_role("button", name="Make a link").click()
    url = page.locator(".secret").inner_text()

    referee = visit("/publish/" + url.partition("/publish/")[2])

    expect(referee.get_by_role("heading", level=1)).to_have_text("Lysozyme on a chip")
    expect(referee.get_by_text("soaked too long")).to_have_count(0)
    assert faults(page) == []
