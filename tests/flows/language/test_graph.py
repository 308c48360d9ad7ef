"""The ways between states, as they are drawn."""

from __future__ import annotations

import pytest

from apps.flows.language.graph import Edge, EdgeKind, edges
from apps.flows.language.reading import read
from tests.flows.language.makers import action, choice, machine, passing


def test_each_way_is_an_edge_with_when_it_is_taken():
    rule = {"Variable": "$.n", "NumericGreaterThan": 3, "Next": "Work"}
    document = machine(
        Look=choice(rule, Default="Rest"),
        Work=action(Catch=[{"ErrorEquals": ["ActionTimeout"], "Next": "Rest"}]),
        Rest=passing("Work"),
    )

    assert edges(read(document)) == [
        Edge("", "Look", "Work", EdgeKind.CHOICE, "$.n > 3"),
        Edge("", "Look", "Rest", EdgeKind.DEFAULT, "otherwise"),
        Edge("", "Work", "Rest", EdgeKind.CATCH, "ActionTimeout"),
        Edge("", "Rest", "Work", EdgeKind.NEXT),
    ]


def test_machines_within_states_have_edges_of_their_own():
    inner = machine(One=passing("Two"), Two=passing())

    found = edges(read(machine(Each={"Type": "Map", "ItemProcessor": inner, "Next": "Last"}, Last={"Type": "Succeed"})))

    assert found == [
        Edge("", "Each", "Last", EdgeKind.NEXT),
        Edge("/States/Each/ItemProcessor", "One", "Two", EdgeKind.NEXT),
    ]


@pytest.mark.parametrize(
    ("rule", "label"),
    [
        ({"Variable": "$.a", "StringEquals": "é"}, '$.a = "é"'),
        ({"Variable": "$.a", "NumericLessThanEqualsPath": "$.b"}, "$.a ≤ $.b"),
        ({"Variable": "$.a", "StringMatches": "*.h5"}, '$.a ~ "*.h5"'),
        ({"Variable": "$.a", "IsPresent": False}, "$.a is not present"),
        ({"Not": {"Variable": "$.a", "BooleanEquals": True}}, "not $.a = true"),
        (
            {"And": [{"Variable": "$.a", "IsNull": True}, {"Or": [{"Variable": "$.b", "IsString": True}] * 2}]},
            "$.a is null and ($.b is a string or $.b is a string)",
        ),
        ({"Variable": "$." + "a" * 90, "IsNull": True}, "$." + "a" * 57 + "…"),
    ],
)
def test_a_rule_is_told_in_a_few_words(rule, label):
    definition = read(machine(A=choice({**rule, "Next": "B"}), B={"Type": "Succeed"}))

    assert [edge.label for edge in edges(definition)] == [label]


def test_a_condition_of_jsonata_is_its_own_label():
    condition = {"Condition": "{% $n > 3 %}", "Next": "B"}
    document = machine(A=choice(condition, QueryLanguage="JSONata"), B={"Type": "Succeed"})

    assert [edge.label for edge in edges(read(document))] == ["$n > 3"]
