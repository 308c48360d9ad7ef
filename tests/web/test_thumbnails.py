"""A picture beside each result, where the index says where its address stands."""

import re

import pytest

from tests.web.conftest import entry


@pytest.fixture
def pictured(index, put, alice, settings):
    settings.PUBLIC_URL = "https://here.org"
    index.presentation = {**index.presentation, "thumbnail": "pictures.small"}
    index.save()
    put(
        index,
        alice,
        entry("a", pictures={"small": ["https://x.org/far.png", "/static/a.png", "/static/b.png"]}),
        entry("b", pictures={"small": "https://here.org/static/b.png"}, protein="PDL1"),
        entry("c", pictures={"small": "https://here.org.evil.net/c.png"}),
        entry("d", protein="PDL1", other="/static/d.png"),
    )
    return index


@pytest.mark.parametrize("query", ["", "?view=table"])
def test_the_first_picture_of_this_portal_is_shown_and_no_other(client, pictured, query):
    html = client.get(f"/crystals/{query}").content.decode()

    found = re.findall(r"<img[^>]+>", html)
    assert [re.search('src="([^"]+)"', one)[1] for one in found] == ["/static/a.png", "/static/b.png"]
    assert [re.search('alt="([^"]+)"', one)[1] for one in found] == ["Picture of Run a", "Picture of Run b"]
    assert all('width="100" height="100" loading="lazy"' in one for one in found)


def test_similar_records_and_a_search_everywhere_show_them_too(client, pictured):
    for page in ("/crystals/detail/d/", "/?q=run"):
        assert 'src="/static/b.png" alt="Picture of Run b"' in client.get(page).content.decode()


def test_an_index_that_names_no_thumbnail_shows_none(client, index, put, alice):
    put(index, alice, entry("a", thumbnail="/static/a.png"))

    assert "<img" not in client.get("/crystals/").content.decode()
