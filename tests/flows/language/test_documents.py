"""Definitions as text: read from JSON and YAML, written as YAML, broken ones told of with their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.flows.language.documents import BadSyntax, parse, places_in, to_json, to_yaml
from tests.flows.language.makers import action, machine

TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
WORDS = st.sampled_from(
    ["no", "1e5", "007", "0o17", "0x1f", "~", "null", "2026-01-01", "12:30", "<<", "=", "#", "-", " x", "a: b", "\x85"]
)
NAMES = TEXTS | WORDS
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)

YAML = """\
# A flow with a comment
StartAt: Wait for it
States:
  Wait for it:
    Type: Wait
    Timestamp: 2026-03-14T01:59:00Z
    Next: No
  No: &last
    Type: Pass
    Result: {mode: 0o17, half: .5, many: 1e3, none: ~, is: true, text: "5"}
    End: true
  Also: *last
"""


def test_yaml_is_read_as_its_version_1_2_has_it():
    states = parse(YAML)["States"]

    assert states["Wait for it"] == {"Type": "Wait", "Timestamp": "2026-03-14T01:59:00Z", "Next": "No"}
    assert states["No"]["Result"] == {"mode": 15, "half": 0.5, "many": 1000.0, "none": None, "is": True, "text": "5"}
    assert states["Also"] == states["No"]


def test_what_is_shared_by_many_states_may_be_merged_into_them():
    assert parse("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n")["b"] == {"x": 1, "y": 3}


@given(VALUES)
@settings(max_examples=300, deadline=None)
def test_what_is_written_as_yaml_is_read_back_the_same(value):
    document = {"value": value}

    assert repr(parse(to_yaml(document))) == repr(document)


@given(VALUES)
@settings(max_examples=50, deadline=None)
def test_what_is_written_as_json_is_read_back_the_same(value):
    assert repr(parse(to_json([value]))) == repr([value])


def test_yaml_keeps_the_order_in_which_states_were_written():
    document = machine(Zeta=action(), Alpha=action(Comment="two\nlines"))

    assert to_json(parse(to_yaml(document))) == to_json(document)


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ('{\n  "a": 1\n  "b": 2\n}', 3, 3, "This is no JSON"),
        ("a:\n  b: [1, 2\nc: 3", 3, 2, "This is no YAML"),
        ("a: 1\n\tb: 2", 2, 1, "This is no YAML"),
        ('{"a": 1,\n "a": 2}', 2, 2, "`a` is named twice"),
        ("a: 1\nb: 2\na: 3", 3, 1, "`a` is named twice"),
        ('{"a": NaN}', 1, 7, "no number `NaN`"),
        ("a: !Ref x", 1, 4, "Tags such as `!Ref`"),
        ("a: *b", 1, 4, "no `&b` before this"),
        ("a: &a [*a]", 1, 8, "or it is still open"),
        ("? [a]\n: 1", 1, 3, "text; here stands a list"),
        ("a: 1\n---\nb: 2", 2, 1, "a second document"),
        ("# nothing\n", 1, 1, "no definition in this text"),
        ("a: 1e999", 1, 4, "too large a number"),
        (b"a: 1\nb: \xff", 2, 4, "not in UTF-8"),
        ("a: \x00", 1, 4, "no text may hold"),
    ],
)
def test_broken_text_is_told_of_with_its_place(text, line, column, says):
    with pytest.raises(BadSyntax, match=says) as caught:
        parse(text)

    assert caught.value.at == (line, column)


def test_json_with_a_comma_too_many_is_forgiven():
    assert parse('{"a": [1, 2,], }') == {"a": [1, 2]}


def test_the_place_of_each_part_is_known():
    places = places_in('{\n\t"a": {"b/c": [1,\n 2]}\n}')

    assert places == {"": (1, 1), "/a": (2, 2), "/a/b~1c": (2, 8), "/a/b~1c/0": (2, 16), "/a/b~1c/1": (3, 2)}


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 100))
LARGE = "b: &b {" + ", ".join(f"k{n}: 1" for n in range(50_000)) + "}\n"
HOSTILE = {
    "lists": "[" * 100_000,
    "objects": '{"a":' * 100_000,
    "yaml": "- " * 100_000,
    "flow": "a: " + "{b: " * 100_000,
    "aliases": BOMB,
    "merges": LARGE + "".join(f"m{n}: {{<<: *b}}\n" for n in range(9_999)),
    "long": "x" * 3_000_000,
    "keys": "? " * 90_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_at_once(text):
    with pytest.raises(BadSyntax):
        parse(text)
