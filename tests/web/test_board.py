"""The board of a record: drawn from what any program wrote, followed while it goes on, seen by whom the record is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.access.types import PUBLIC, identity_urn
from apps.accounts import services as accounts
from apps.search import services as search
from apps.web.links import record_url
from apps.web.record.board import page as boards
from apps.web.record.board import shape
from tests.web.conftest import entry

URL = "/files/6f1d2a44-7c15-4b0e-9d53-2f6a0c9be7c2/ssx/hits.png"
BOARD = {
    "counts": [
        {"label": "Images", "value": 18_432, "of": 40_000},
        {"label": "Hit rate", "value": 18.5, "unit": "%"},
    ],
    "goal": {"label": "hits", "value": 3412, "enough": 5000},
    "charts": [
        {
            "label": "Hit rate",
            "unit": "%",
            "axis": "Images",
            "bars": [{"label": "0 to 99", "value": 12.5}, {"label": "100 to 199", "value": None}],
        }
    ],
    "pictures": [{"label": "Hit map", "file": "hits.png"}],
}
FILES = [{"filename": "hits.png", "url": URL, "sha256": "ab" * 32}]


@pytest.fixture
def write(index, put, alice):
    """Writes the record with this board, as its pipeline does again and again."""

    def write(board=BOARD, visible_to=PUBLIC, entry_id="", **more):
        put(index, alice, entry("r", visible_to, entry_id, **({"board": board, "files": FILES} | more)))

    return write


@pytest.fixture
def see(index):
    """The board as somebody sees it, a while after it was written."""

    def see(who, later=timedelta()):
        found = search.record(index=index, subject="r", actor=who)
        return boards.of(found, now=timezone.now() + later, sees_all=False)

    return see


def ask(client, **parameters):
    return client.get(record_url("crystals", "r"), parameters)


def test_counts_a_goal_charts_and_pictures_are_shown(client, write):
    write()
    html = ask(client).content.decode()

    assert "18,432 of 40,000" in html
    assert "3,412 of 5,000 hits: 68 %" in html
    assert "Enough data" not in html
    assert "<title>0 to 99: 12.5</title>" in html
    assert f'src="{URL}?sha256=abababababab" alt="Hit map"' in html
    assert html.count("hits.png?sha256") == 1
    assert 'id="pic"' not in html  # one section has the picture, not two


def test_what_is_enough_is_said_in_words_and_by_a_mark(client, write):
    write(BOARD | {"goal": {"label": "hits", "value": 5000, "enough": 5000}})
    html = ask(client).content.decode()

    assert "5,000 hits; 5,000 are enough<" in html
    assert '<span aria-hidden="true">✓</span>Enough data' in html


def test_almost_enough_is_not_enough(write, see, nobody):
    write(BOARD | {"goal": {"label": "hits", "value": 4999.99, "enough": 5000}})

    assert (see(nobody).goal.share, see(nobody).goal.is_enough) == (99, False)


def test_what_is_not_known_is_in_no_table(write, see, nobody):
    write()
    [figure] = see(nobody).figures

    assert [(row.label, row.cells[0].count_text) for row in figure.table.rows] == [("0 to 99", "12.5")]
    assert figure.table.head == ("Images", "Hit rate, %")
    assert len(figure.drawing.marks) == 1


def test_who_asks_for_news_is_told_when_there_are_some(client, write, see, nobody):
    write()
    seen = see(nobody).seen
    before = ask(client, seen=seen)
    write(BOARD | {"counts": [{"label": "Images", "value": 20_000}]})
    after = ask(client, seen=seen)

    assert (before.status_code, before.content) == (204, b"")
    assert b"20,000" in after.content
    assert f'data-follow="?seen={see(nobody).seen}"' in after.content.decode()


@pytest.mark.parametrize(("told", "later"), [({"is_over": True}, timedelta()), ({}, boards.QUIET)])
def test_nobody_waits_for_news_when_it_is_over_or_silent(write, see, nobody, told, later):
    write(BOARD | told)
    live, over = see(nobody), see(nobody, later)

    assert over.follow == ""
    assert bool(live.follow) is not bool(told)
    assert over.state.word == ("Over" if told else "No news")


def test_a_record_that_one_may_not_see_has_no_board_and_no_news(client, write, see, alice):
    write(visible_to=identity_urn(accounts.identity_ids_of(alice)[0]))
    seen = see(alice).seen

    assert [ask(client, seen=seen).status_code, ask(client).status_code] == [404, 404]
    client.force_login(alice)
    assert [ask(client, seen=seen).status_code, ask(client).status_code] == [204, 200]


def test_a_board_in_an_entry_for_few_is_not_there_for_others(client, write, see, alice, nobody):
    write(board=None)
    write(visible_to=identity_urn(accounts.identity_ids_of(alice)[0]), entry_id="notes")

    assert see(alice).entry_id == "notes"
    assert see(nobody) is None
    assert b'id="board"' not in ask(client).content


RUBBISH = [
    None, [], "x", {}, {"counts": "x"}, {"counts": [None, 3, {}, {"label": "x"}, {"label": "x", "value": "3"}]},
    {"counts": [{"label": "x", "value": -1}], "charts": [{"label": "x", "bars": []}]},
    {"counts": [{"label": 3, "value": 3}]}, {"counts": [{"label": "x", "value": True}]},
    {"goal": {"value": 3, "enough": 0}}, {"goal": {"value": None, "enough": 3}}, {"goal": [3]},
    {"charts": [{"label": "x", "bars": [{"value": 3}]}]}, {"charts": {"label": "x"}}, {"pictures": [{"file": 3}]},
    {"counts": [{"label": "x", "value": 1e300}]},
]  # fmt: skip


@pytest.mark.parametrize("board", RUBBISH)
def test_what_is_no_board_is_content_like_any_other(client, write, board):
    write(board)

    assert shape.read({"board": board}) is None
    answer = ask(client)
    assert (answer.status_code, answer.context["board"]) == (200, None)


def test_of_a_board_with_rubbish_in_it_the_rest_is_shown(client, write, see, nobody):
    good = {"label": "<b>Images</b>", "value": 3}
    far = {"label": "x" * 5000, "value": 0.001}
    write({"counts": [good, None, far] * 100, "charts": [{"label": "y", "bars": [far] * 5000}], "pictures": [{}]})
    board = see(nobody)

    assert (len(board.facts), len(board.figures[0].drawing.marks)) == (8, shape.MOST_BARS)
    assert b"&lt;b&gt;Images" in ask(client).content


@pytest.mark.parametrize("url", ["https://example.org/a.png", "javascript:alert(1)", URL[:-4], 3, None])
def test_only_pictures_of_this_portal_are_on_a_board(write, see, nobody, url):
    write(files=[{"filename": "hits.png", "url": url}])

    assert see(nobody).pictures == ()


def test_the_board_is_not_told_a_second_time_as_metadata(client, write):
    write()
    drawn = ask(client).context["page"].entries[0].section
    write({"counts": "some"})
    told = ask(client).context["page"].entries[0].section

    assert ["Hit rate" in str(one) or "some" in str(one) for one in (drawn, told)] == [False, True]
