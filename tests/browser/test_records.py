"""Published records in a browser: readable by everybody, at any width, and used without scripts."""

import struct
import zlib

import pytest
from playwright.sync_api import expect

from apps.publish import services as publish
from apps.publish.models import Submission
from tests.browser.conftest import faults
from tests.publish.conftest import *  # noqa: F403 (fixtures)
from tests.web.publish.records.conftest import embargoed, page_of, record_of, revised, version
from tests.web.publish.records.test_records_told import shut

__all__ = ["embargoed", "revised", "version"]
SIZES = [(1440, "light"), (320, "dark")]


@pytest.fixture
def shelf(staging, tmp_path):
    """The index is Dana's here; among the files that Alice publishes is a picture."""
    (tmp_path / "staging" / "chip" / "map.png").write_bytes(png(160, 120))


def png(width, height):
    """A picture of one grey."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x77" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_versions_are_for_everybody_at_any_width(visit, version, revised, live_server, width, scheme):
    second = revised(version, "public")
    page = visit("/", width=width, scheme=scheme)

    for path in (page_of(version), record_of(second)):
        page.goto(live_server.url + path)
        assert faults(page) == [], path
    page.locator(".pictures img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.pictures img').naturalWidth == 160")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_what_authors_see_is_too(look, embargoed, live_server, alice, width, scheme):
    page = look("/", "alice", width=width, scheme=scheme)

    for path in (record_of(embargoed), f"/records/{embargoed.submission_id}/withdraw/"):
        page.goto(live_server.url + path)
        assert faults(page) == [], path


def test_an_author_withdraws_without_scripts(look, version, alice):
    page = look(record_of(version), "alice", script=False)

    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Reason").fill("Mislabelled crystals.")
    page.get_by_role("button", name="Withdraw").click()

    expect(page.get_by_role("heading", name="This record was withdrawn on")).to_be_visible()
    assert Submission.objects.get().state == "withdrawn"


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_files_are_asked_for_and_a_tombstone_is_read(look, version, archive, dana, alice, charlie, width, scheme):
    shut(archive, dana)
    page = look(record_of(version), "charlie", width=width, scheme=scheme)

    page.get_by_role("link", name="Request access").click()
    expect(page.get_by_label("What you need")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("What you need").fill("For a thesis.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Your request was sent")).to_be_visible()
    assert faults(page) == []

    publish.withdraw(submission=Submission.objects.get(), actor=alice, reason="Mislabelled crystals.")
    page.reload()
    assert faults(page) == []
