"""Feeds, as feedparser reads them."""

import feedparser
import pytest

from apps.access.types import group_urn
from apps.search.services import harvesting
from tests.web.conftest import entry


def read(client, query=""):
    return feedparser.parse(client.get(f"/crystals/feed/?{query}").content)


def titles(found):
    return [one.title for one in found.entries]


def test_a_feed_holds_the_newest_first(client, spread, settings):
    found = read(client)

    assert not found.bozo
    assert titles(found) == ["Run c", "Run b/é ?", "Run a"]
    assert found.feed.updated == spread[-1]
    assert found.entries[0].link == f"{settings.PUBLIC_URL}/crystals/detail/c/"
    assert found.entries[0].author == "Curie, Marie"


def test_a_feed_of_a_search_holds_what_answers_it(client, index, put, alice, monkeypatch):
    for subject, protein in (("1", "PDL1"), ("2", "Lysozyme"), ("3", "PDL1"), ("4", "KRAS")):
        put(index, alice, entry(subject, protein=protein))
    monkeypatch.setattr(harvesting, "CHUNK", 1)

    assert titles(read(client, "filter.protein=PDL1")) == ["Run 3", "Run 1"]
    assert titles(read(client, "q=run&filter.protein=KRAS")) == ["Run 4"]
    assert titles(read(client, "q=nothing")) == []


def test_a_feed_tells_what_nobody_may_know_to_nobody(client, shelf, bob):
    client.force_login(bob)

    told = [client.get(f"/crystals/feed/{query}").content for query in ("", "?q=zyzzogeton", "?q=quixotrope")]

    assert b"zyzzogeton" not in told[0]
    assert not any(b"<entry>" in one for one in told[1:])


@pytest.mark.parametrize(("query", "status"), [("bypass_visible_to=true", 403), ("limit=x", 400), ("q=%00", 200)])
def test_what_cannot_be_asked_is_said(client, shelf, query, status):
    assert client.get(f"/crystals/feed/?{query}").status_code == status


def test_the_feed_of_an_index_that_is_hidden_is_none(client, shelf):
    assert client.get("/clandestine/feed/").status_code == client.get("/none/feed/").status_code == 404


def test_what_is_hidden_later_leaves_the_feed(client, shelf, put, alice, index, team):
    put(index, alice, entry("a", group_urn(team.id)))

    assert titles(read(client)) == ["Run c", "Run b/é ?"]


def test_the_search_page_leads_to_the_feed_of_its_question(client, shelf, settings):
    html = client.get("/crystals/?q=run&filter.rate=5&page=1&view=table").content.decode()

    assert html.count('href="/crystals/feed/?q=run&amp;filter.rate=5"') == 1
    assert 'type="application/atom+xml"' in html


def test_an_index_that_is_not_public_has_no_feed_to_lead_to(client, shelf, bob):
    client.force_login(bob)

    assert "atom+xml" not in client.get("/clandestine/").content.decode()
