"""What the search box suggests: words of records that the visitor sees, and nothing else."""

import re

import pytest

from apps.search import services as search
from tests.web.conftest import entry


def suggested(client, typed):
    html = client.get("/crystals/suggest/", {"q": typed}).content.decode()
    return dict(re.findall(r'data-q="(.*?)".*?<span>([\d,]+ records?)</span></div>', html))


def test_the_last_word_is_written_to_the_end(client, shelf):
    assert suggested(client, "pdl1 LY") == {"pdl1 lysozyme": "2 records"}
    assert suggested(client, '"run ly') == {"&quot;run lysozyme": "2 records"}


def test_what_is_typed_stands_out(client, shelf):
    html = client.get("/crystals/suggest/?q=lyso").content.decode()

    assert "<b>lyso</b>zyme" in html


@pytest.mark.parametrize("typed", ["", " ", "lyso ", "lyso*", "???", "lysozyme", "x" * 5000, "\0", "_"])
def test_there_is_nothing_to_suggest(client, shelf, typed):
    answer = client.get("/crystals/suggest/", {"q": typed})

    assert (answer.status_code, answer.content) == (200, b"")


def test_suggestions_tell_nothing_of_hidden_records(client, shelf, alice, bob, charlie):
    def seen(user):
        client.force_login(user) if user else client.logout()
        return [suggested(client, typed) for typed in ("kra", "secret", "pdl")]

    one, two = {"pdl1": "1 record"}, {"pdl1": "2 records"}
    kras, secretase = {"kras": "1 record"}, {"secretase": "1 record"}

    assert [seen(user) for user in (None, charlie, bob, alice)] == [
        [{}, {}, one],
        [{}, {}, one],
        [kras, {}, two],
        [kras, secretase, two],
    ]


def test_a_hidden_index_suggests_nothing(client, alice, charlie):
    search.create_index(actor=alice, display_name="Plans", slug="plans", visible_to=())

    client.force_login(charlie)

    assert client.get("/plans/suggest/?q=a").status_code == 404


def test_suggestions_are_kept_nowhere(client, shelf):
    for path in ("/crystals/suggest/?q=ly", "/nowhere/suggest/?q=ly"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_words_of_records_cannot_smuggle_markup_into_the_list(client, index, put, alice):
    put(index, alice, entry("r", notes="lysozyme"))

    html = client.get("/crystals/suggest/", {"q": '"><img src=x> ly'}).content.decode()

    assert "<img" not in html
    assert "&quot;&gt;&lt;img src=x&gt; lysozyme" in html
