"""How numbers become shapes: within the frame, in round steps, with texts that have room."""

import pytest

from apps.web.charts import drawing, svg
from apps.web.charts.shapes import WIDTH, Bar


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [(0, 43, [0, 20, 40]), (0, 1, [0, 0.5, 1]), (-1, 1, [-1, -0.5, 0, 0.5, 1]), (7, 7, [7])],
)
def test_an_axis_has_round_numbers(low, high, marks):
    assert drawing.round_numbers(low, high) == marks


def test_the_tallest_column_reaches_as_high_as_its_count():
    chart = drawing.columns([Bar("a", 10), Bar("b", 5), Bar("c", 0)], ticks=())

    assert [mark.height for mark in chart.marks] == [138, 69]
    assert chart.marks[0].y == drawing.TOP


def test_every_bar_and_its_number_stay_within_the_frame():
    bars = [Bar("A NAME " * 20, 3_000_000, "/x/"), Bar("b", 1)]

    name, number = drawing.rows(bars).marks[0].texts

    assert name.text.endswith("…")
    assert drawing.room_of(name.text) <= name.x
    assert number.x + drawing.room_of(number.text) <= WIDTH


def test_the_areas_of_a_grid_are_its_counts():
    chart = drawing.grid([[Bar("a", 100), Bar("b", 25)], [Bar("c", 0), Bar("d", 4)]], sides="xy", heads="pq")

    assert [round((mark.width / chart.marks[0].width) ** 2, 2) for mark in chart.marks] == [1, 0.25, 0.04]


@pytest.mark.parametrize(("number", "text"), [(1234, "1,234"), (12000, "12k"), (2_500_000, "2.5M"), (0.25, "0.25")])
def test_numbers_beside_an_axis_are_short(number, text):
    assert drawing.short(number) == text


def test_no_text_of_a_record_is_markup_in_a_drawing():
    bar = Bar('<b> & "x"', 3, url='/crystals/?q="><script>')

    drawn = svg.written(drawing.rows([bar]))

    assert [sign in drawn for sign in ("<script>", "<b>", '"x"')] == [False, False, False]
    assert "<title>&lt;b&gt; &amp; &quot;x&quot;: 3</title>" in drawn
    assert drawn.count("<a ") == drawn.count("</a>") == 1
