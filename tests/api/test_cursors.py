"""No wall: a cursor goes on for ever, in every order; an offset has an end that says so."""

import base64

import pytest

from tests.search.conftest import entry

COLOURS = ["red", "green", "blue"]


@pytest.fixture
def rainbow(put):
    """Eleven records with ties in every order, two without a number, one with a number as a word."""
    put(
        *(
            entry(f"c/{at:02}", title=f"word {'word ' * (at % 3)}", number=at // 3, colour=COLOURS[at % 3])
            for at in range(8)
        ),
        entry("c/08", title="word", colour="red"),
        entry("c/09", title="word", number="six", colour="red"),
        entry("c/10", title="word"),
    )


ORDERS = [
    "q=word",
    "q=*",
    "sort=number",
    "sort=-number",
    "sort=colour,-number",
    "q=word&sort=-colour",
    "filter.colour=red",
]


@pytest.mark.usefixtures("rainbow")
@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("order", ORDERS)
def test_following_cursors_gives_each_record_once_and_in_order(ask, order, limit):
    whole = [one["subject"] for one in ask(f"{order}&limit=100")["gmeta"]]

    found, cursor, pages = [], "", 0
    while cursor is not None:
        page = ask(f"{order}&limit={limit}&cursor={cursor}")
        found += [one["subject"] for one in page["gmeta"]]
        assert page["has_next_page"] is ("cursor" in page)
        assert page["total"] == len(whole)
        cursor, pages = page.get("cursor"), pages + 1

    assert found == whole
    assert pages <= len(whole) // limit + 1


@pytest.mark.usefixtures("rainbow")
def test_a_document_takes_a_cursor_too(ask):
    document = {"q": "*", "sort": [{"field_name": "number"}], "limit": 4}

    first = ask(document)
    second = ask(document | {"cursor": first["cursor"]})

    both = [one["subject"] for page in (first, second) for one in page["gmeta"]]
    assert both == [one["subject"] for one in ask(document | {"limit": 8})["gmeta"]]


@pytest.mark.parametrize("question", ["q=*&offset=9991", "q=*&page=1001", {"q": "*", "offset": 9999, "limit": 2}])
def test_an_offset_beyond_ten_thousand_points_to_the_cursor(ask, question):
    told = ask(question, status=400)

    assert told["code"] == "BadRequest.ValidationError"
    assert "cursor" in told["message"]
    assert told["error_data"]["place"] in ("offset", "page")


@pytest.mark.parametrize("question", ["q=*&offset=9990", "q=*&limit=10000", {"q": "*", "offset": 9998, "limit": 2}])
def test_up_to_ten_thousand_an_offset_is_answered(ask, question):
    assert ask(question)["gmeta"] == []


@pytest.mark.usefixtures("rainbow")
def test_a_cursor_belongs_to_its_question(ask):
    cursor = ask("sort=number&limit=1")["cursor"]

    assert ask(f"sort=number&limit=5&cursor={cursor}")["count"] == 5
    for other in ("sort=-number", "q=word&sort=number", "sort=number&filter.colour=red"):
        assert ask(f"{other}&cursor={cursor}", status=400)["error_data"]["place"] == "cursor"


@pytest.mark.usefixtures("rainbow")
def test_a_cursor_tells_nothing_and_cannot_be_changed(ask):
    cursor = ask("q=word&limit=1")["cursor"]
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = base64.urlsafe_b64encode(raw[:-1] + bytes([raw[-1] ^ 1])).decode().rstrip("=")

    assert b"c/" not in raw
    assert ask(f"q=word&cursor={changed}", status=400)["error_data"]["place"] == "cursor"


@pytest.mark.usefixtures("rainbow")
def test_a_cursor_shows_no_more_to_another_person(ask, put, alice, urn_of):
    put(entry("c/000", urn_of(alice), title="word"))
    cursor = ask("sort=number&limit=9", alice)["cursor"]

    assert "c/000" in str(ask(f"sort=number&cursor={cursor}", alice))
    assert "c/000" not in str(ask(f"sort=number&cursor={cursor}"))
