"""A search from home asks every index that the visitor may see."""

import pytest

from apps.access.types import PUBLIC, group_urn
from apps.search import services as search
from apps.search.errors import EngineUnavailable
from apps.search.services import finding
from tests.web.conftest import entry


@pytest.fixture
def minerals(alice, put, team):
    index = search.create_index(actor=alice, display_name="Minerals", slug="minerals", visible_to=(PUBLIC,))
    put(index, alice, entry("m1"), entry("m2", group_urn(team.id)))
    return index


def found(client, words):
    page = client.get("/", {"q": words}).context["page"]
    return {one.title: (one.count, sorted(card.subject for card in one.hits)) for one in page.found}


def test_each_index_shows_its_number_and_its_first_records(client, shelf, minerals):
    assert found(client, "run") == {"Crystals": ("3 records", ["a", "b", "c"]), "Minerals": ("1 record", ["m1"])}
    assert client.get("/?q=lysozyme").context["page"].without == ("Minerals",)


def test_each_visitor_finds_what_is_theirs_in_every_index(client, shelf, minerals, alice, bob, charlie):
    def counts(user):
        client.force_login(user) if user else client.logout()
        return [count for count, _ in found(client, "run").values()]

    few, some, all_of_them = ["3 records", "1 record"], ["5 records", "2 records"], ["6 records", "2 records"]
    assert [counts(user) for user in (None, charlie, bob, alice)] == [few, few, some, all_of_them]


def test_an_index_that_is_not_theirs_is_not_asked(client, alice, charlie, put):
    index = search.create_index(actor=alice, display_name="Secret plans", slug="plans", visible_to=())
    put(index, alice, entry("p"))

    client.force_login(charlie)

    assert "Secret plans" not in client.get("/?q=run").content.decode()


def test_an_index_whose_engine_is_away_is_said_so(client, shelf, minerals, monkeypatch):
    def away(index, *rest):
        if index.slug == "minerals":
            raise EngineUnavailable
        return ask(index, *rest)

    ask = finding.ask
    monkeypatch.setattr(finding, "ask", away)
    page = client.get("/?q=run").context["page"]

    assert ([one.title for one in page.found], page.away) == (["Crystals"], ("Minerals",))
    assert client.get("/").context["page"].indexes[1].count == "not known now"


def test_a_hit_leads_into_the_search_of_its_index(client, shelf):
    hit = client.get("/?q=run").context["page"].found[0].hits[1]

    trail = client.get(hit.url).context["trail"]

    assert (trail.back_url, trail.place) == ("/crystals/?q=run", "2 of 3")


def test_words_that_stand_nowhere_come_with_a_way_out(client, shelf):
    html = client.get("/", {"q": "<nothing>"}).content.decode()

    assert "No record matches “&lt;nothing&gt;”" in html


@pytest.mark.parametrize("words", ["x" * 5000, "\0", "(", '"', "*"])
def test_any_words_get_an_answer(client, shelf, words):
    assert client.get("/", {"q": words}).status_code == (400 if len(words) > 4096 else 200)


def test_one_question_is_asked_of_each_index(client, shelf, minerals, monkeypatch):
    asked = []
    ask = finding.ask
    monkeypatch.setattr(finding, "ask", lambda index, *rest: [asked.append(index.slug), ask(index, *rest)][1])

    client.get("/?q=nothing")
    client.get("/")

    assert asked == ["crystals", "minerals"] * 2
