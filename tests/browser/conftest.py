"""A real Chromium against a real server. Without Chromium these tests skip, unless services are required."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import PASSWORD
from tests.web.conftest import index, put, shelf  # noqa: F401 (fixtures)

CHROMIUM = os.environ.get("VITRINE_TEST_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    if not shutil.which(CHROMIUM) and os.environ.get("VITRINE_TEST_REQUIRE_SERVICES") != "1":
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    # Playwright keeps an event loop in this thread, in which Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(chromium, live_server, shelf):  # noqa: F811 (fixture)
    """Opens a page of the portal as a new visitor: ``visit("/", width=390)``."""
    contexts = []

    def visit(path="/", *, width=1440, script=True, scheme="light"):
        size = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, java_script_enabled=script, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield visit
    for context in contexts:
        context.close()


def sign_in(page, username):
    page.get_by_role("link", name="Sign in").first.click()
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def violations(page):
    """What axe finds wrong, by rule and the first place of it."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
