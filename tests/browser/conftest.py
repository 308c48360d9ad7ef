"""A real Chromium against a real server. Without Chromium these tests skip, unless services are required."""

from pathlib import Path

import pytest
from django.core.cache import cache

from tests.conftest import PASSWORD
from tests.web.conftest import index, put, shelf  # noqa: F401 (fixtures)

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def complaints():
    """What pages asked others for, what their policy refused, where their scripts failed: nothing, after each test."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def visit(chromium, live_server, complaints, shelf):  # noqa: F811 (fixture)
    """Opens a page of the portal as a new visitor: ``visit("/", width=390, scheme="dark")``.

    ``first`` is a script of the test that runs before those of the page; ``how`` are options of Playwright's context.
    """
    cache.clear()  # allauth counts sign-ins there, by address: thirty a minute, and all tests come from one
    contexts = []

    def visit(path="/", *, width=1440, height=900, script=True, scheme="light", first="", **how):
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, java_script_enabled=script, color_scheme=scheme, **how)
        contexts.append(context)
        watch(context, live_server.url, complaints)
        context.add_init_script(first)
        page = context.new_page()
        page.runs_scripts = script
        page.goto(live_server.url + path)
        return page

    yield visit
    for context in contexts:
        context.close()


def watch(context, home, complaints):
    def asked(request):
        if not request.url.startswith((home, "data:", "blob:")):
            complaints.append(request.url)

    def said(message):
        # That an answer is a 404, does not come or (htmx:) is overtaken is what some tests are about.
        expected = message.text.startswith(("Failed to load resource", "htmx:"))
        if message.type in ("error", "warning") and not expected:
            complaints.append(message.text)

    context.on("request", asked)
    context.on("console", said)
    context.on("weberror", lambda failure: complaints.append(str(failure.error)))


@pytest.fixture
def look(visit, live_server, alice):
    """Opens a page as Alice, or as somebody else: ``look("/tasks/", "bob", width=320)``."""

    def look(path, who="alice", **how):
        page = visit("/account/login/", **how)
        give_password(page, who)
        page.goto(live_server.url + path)
        return page

    return look


def sign_in(page, username):
    """Sign in by the link of a page, and come back to that page."""
    page.get_by_role("link", name="Sign in").first.click()
    give_password(page, username)


def give_password(page, username):
    """Fill in the form at the door."""
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").first.click()


def faults(page):
    """What axe finds wrong, by rule and the first place of it, and whether one has to scroll sideways.

    It waits until the page is there whole: after a click on a link the browser may have no more than its first bytes.
    Where no scripts run axe cannot either, and only the width is judged.
    """
    page.wait_for_load_state()
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return (violations(page) if page.runs_scripts else []) + [("too wide", page.url)] * is_wide


def violations(page):
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]


def unfold(page):
    """Open all that can be opened, save menus."""
    closed = page.locator("details:not(.menu):not([open]) > summary")
    closed.evaluate_all("all => all.forEach(one => one.click())")
