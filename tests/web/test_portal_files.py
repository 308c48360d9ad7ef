"""A record names files of this portal by addresses that are good wherever the portal stands."""

import re

import pytest

from apps.web.links import record_url
from apps.web.values import value
from tests.web.conftest import entry

FOLDER = "/files/6f1d2a44-7c15-4b0e-9d53-2f6a0c9be7c2/ssx/open"


@pytest.fixture
def page(client, index, put, alice, settings):
    """Of a record with three files, of which one is somewhere else."""
    settings.PUBLIC_URL = "https://here.org"
    named = [f"{FOLDER}/map.png", f"{FOLDER}/read%20me.txt", "/data/other.png"]
    put(index, alice, entry("r", files=[{"filename": url.rsplit("/")[-1], "url": url} for url in named]))
    return client.get(record_url("crystals", "r"))


def test_they_are_links_and_other_paths_are_not(page):
    html = page.content.decode()

    assert re.search(f'<a href="{FOLDER}/read%20me.txt"[^>]*>read me.txt</a>', html)
    assert 'href="/data/other.png"' not in html


def test_their_pictures_are_shown(page):
    assert [picture.source for picture in page.context["page"].pictures] == [f"{FOLDER}/map.png"]


def test_other_portals_are_told_their_whole_address(page):
    told = [file["contentUrl"] for file in page.context["page"].linked_data["distribution"]]

    assert told == [f"https://here.org{FOLDER}/map.png", f"https://here.org{FOLDER}/read%20me.txt"]


@pytest.mark.parametrize(
    "text", [f"{FOLDER}/a b", f"/{FOLDER}/a", "/files/x/a.png", f"see {FOLDER}/a", f"{FOLDER}/", f"{FOLDER}/" * 40]
)
def test_what_only_looks_like_one_is_text(text):
    assert value(text).href == ""
