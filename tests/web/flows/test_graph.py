"""A flow is drawn in layers: its ways lead down, nothing lies upon anything else, and each state is a link."""

from itertools import combinations, pairwise

import pytest

from apps.flows.language.graph import EdgeKind
from apps.flows.language.reading import read
from apps.web.flows.graph.layering import ranks, without_loops
from apps.web.flows.graph.ordering import crossings, ordered
from apps.web.flows.graph.outline import outline_of
from apps.web.flows.graph.picture import picture_of
from apps.web.flows.graph.view import MOST_DRAWN, graph_of
from apps.web.flows.signs import Sign
from tests.flows.language.makers import action, choice, machine, passing, without

CAUGHT = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Undo", "ResultPath": "$.e"}]}
LOOP = {"Variable": "$.n", "NumericLessThan": 3, "Next": "Stage"}


@pytest.fixture
def definition():
    """A loop, an error that is caught, and branches within a state."""
    branch = machine(Count=passing("Sum"), Sum=passing())
    return read(
        machine(
            Stage={**without(action(), "End"), "Next": "Look", **CAUGHT},
            Look=choice(LOOP, Default="Both"),
            Both={"Type": "Parallel", "Branches": [branch, machine(Draw=passing())], "Next": "Done"},
            Done={"Type": "Succeed"},
            Undo={"Type": "Fail", "Error": "Undone", "Cause": "It was undone."},
        )
    )


def test_a_way_that_closes_a_loop_is_turned_around():
    assert without_loops(3, [(0, 1), (1, 2), (2, 0)]) == [(0, 1), (1, 2), (0, 2)]


def test_each_box_is_below_all_that_lead_to_it():
    assert ranks(4, [(0, 1), (1, 2), (0, 2), (2, 3)]) == [0, 1, 2, 3]


def test_boxes_are_ordered_so_that_ways_do_not_cross():
    edges = [(0, 3), (1, 2)]

    assert crossings([[0, 1], [2, 3]], {0: [3], 1: [2]}) == 1
    assert crossings(ordered([[0, 1], [2, 3]], edges), {0: [3], 1: [2]}) == 0


def test_no_box_and_no_word_lies_upon_another(definition):
    picture = picture_of(definition)
    boxes = [(one.x, one.y, one.width, one.height) for one in picture.nodes if one.state not in {"Both"}]
    words = [(one.x - len(one.text) * 3, one.y - 6, len(one.text) * 6, 12) for one in picture.labels]

    for (x, y, width, height), (left, top, wide, high) in combinations(boxes + words, 2):
        assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y


def test_what_is_within_a_state_is_drawn_within_it(definition):
    places = {one.state: one for one in picture_of(definition).nodes}

    frame = places["Both"]
    assert frame.is_frame
    for name in ("Count", "Sum", "Draw"):
        assert frame.x < places[name].x
        assert places[name].y + places[name].height < frame.y + frame.height


def test_ways_begin_and_end_at_their_boxes_and_loops_lead_up(definition):
    picture = picture_of(definition)
    places = {one.state: one for one in picture.nodes}
    back = [one for one in picture.ways if (one.source, one.target) == ("Look", "Stage")]

    assert back[0].points[0][1] == places["Look"].y + places["Look"].height
    assert back[-1].points[-1][1] == places["Stage"].y + places["Stage"].height < back[-1].points[0][1]
    assert {one.kind for one in picture.ways if one.target == "Undo"} == {EdgeKind.CATCH}


def test_a_straight_flow_is_drawn_straight():
    picture = picture_of(read(machine(A=passing("B"), B=passing("C"), C=passing())))

    assert len({one.x + one.width / 2 for one in picture.nodes}) == 1
    assert all(upper.y + upper.height < lower.y for upper, lower in pairwise(picture.nodes))


def test_a_state_that_leads_to_itself_has_a_loop_at_its_side():
    again = {"Variable": "$.n", "NumericLessThan": 3, "Next": "Look"}

    picture = picture_of(read(machine(Look=choice(again, Default="Done"), Done={"Type": "Succeed"})))

    loop = next(one for one in picture.ways if one.source == one.target)
    assert all(0 < x <= picture.width for x, _ in loop.points)


def test_every_state_is_a_link_that_says_how_it_is_and_names_are_escaped():
    definition = read(machine(**{"<b>&": passing("Next"), "Next": passing()}))

    svg = graph_of(definition, url=lambda name: "#x", signs={"<b>&": Sign.SUCCEEDED}).svg

    assert "<title>&lt;b&gt;&amp;: Pass, Succeeded</title>" in svg
    assert ">Not reached · Pass</text>" in svg
    assert "<b>" not in svg


def test_the_list_says_the_same_as_the_drawing(definition):
    told = [(one.state, one.depth, one.ways) for one in outline_of(definition)]

    assert told == [
        ("Stage", 0, ("to Look", "to Undo on any error")),
        ("Look", 0, ("to Stage if $.n < 3", "otherwise to Both")),
        ("Both", 0, ("to Done",)),
        ("Count", 1, ("to Sum",)),
        ("Sum", 1, ("ends here",)),
        ("Draw", 1, ("ends here",)),
        ("Done", 0, ("ends here",)),
        ("Undo", 0, ("ends here",)),
    ]


def test_what_is_too_large_to_be_found_one_s_way_in_is_a_list_alone():
    states = {f"S{at}": passing(f"S{at + 1}") for at in range(MOST_DRAWN)}

    graph = graph_of(read(machine(**states, **{f"S{MOST_DRAWN}": passing()})), url=lambda name: "#")

    assert (graph.svg, len(graph.lines)) == ("", MOST_DRAWN + 1)
