"""The pages of forms in a browser: readable by everybody, checked and shown while one writes, with a script or none."""

import pytest
from playwright.sync_api import expect

from apps.accounts import services as accounts
from apps.publish import services as publish
from tests.browser.conftest import faults
from tests.conftest import PASSWORD
from tests.publish.conftest import SCHEMA

NEW = "/publish/forms/new/"
PAGE = "/publish/forms/runs/"


@pytest.fixture
def dana(transactional_db):
    """She administers the portal, and signs in here."""
    dana = accounts.make_user(username="dana", email="dana@example.org", name="Dana", password=PASSWORD)
    dana.is_superuser = True
    dana.save(update_fields=["is_superuser"])
    return dana


@pytest.fixture
def form(transactional_db, dana):
    restricted = {"team": {"title": "Notes of the team", "visible_to": ["authors"]}}
    document = {"title": "Runs", "schema": SCHEMA, "restricted": restricted}
    return publish.create_form(actor=dana, told=publish.FormChanges(document=document))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(look, form, dana, scheme):
    page = look("/publish/", "dana", width=320, scheme=scheme)

    for path in ("/publish/forms/", PAGE, *(f"{PAGE}{one}/" for one in ("edit", "setup", "people", "versions"))):
        page.goto(page.url.partition("/publish/")[0] + path)
        assert (path, faults(page)) == (path, [])


def test_faults_and_the_form_follow_what_is_written(look, dana):
    page = look(NEW, "dana")
    box, preview = page.get_by_label("Document"), page.locator("#preview-part")
    text = box.input_value()

    box.fill(text.replace('"title": "Description"', '"title": "What one sees"'))
    expect(preview.get_by_label("What one sees")).to_be_visible()
    preview.get_by_label("Name", exact=True).fill("Curie")
    box.fill(text.replace('"/{id}"', '"/x"'))
    expect(page.locator("#findings")).to_contain_text("Two submissions must not go to one folder.")

    preview.get_by_role("button", name="Add to Who made it").click()
    expect(preview.get_by_label("Name", exact=True)).to_have_count(2)
    expect(preview.get_by_label("Name", exact=True).first).to_have_value("Curie")
    assert box.input_value() != text


def test_without_a_script_a_button_does_it(look, dana):
    page = look(NEW, "dana", script=False)
    text = page.get_by_label("Document").input_value()

    page.get_by_label("Document").fill(text.replace('"title": "Description"', '"title": "What one sees"'))
    page.get_by_role("button", name="Check and preview").click()

    expect(page.locator("#preview-part").get_by_label("What one sees")).to_be_visible()
