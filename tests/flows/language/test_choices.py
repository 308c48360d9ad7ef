"""Rules of Choice states: what they hold for, and what is told of wrong ones."""

import fnmatch
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.flows.language.choices import check_rule, holds, read_rule
from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import StateFailure
from apps.flows.language.finding import InvalidDefinition
from apps.flows.language.scene import Scene

NOON, LATER = "2026-03-14T12:00:00Z", "2026-03-14T14:00:01+02:00"


def decide(data, /, dialect=Dialect.ASL, **rule):
    return holds(read_rule(rule), Scene(data, dialect=dialect))


@pytest.mark.parametrize("kind_and_values", [("String", "a", "b"), ("Numeric", 1, 1.5), ("Timestamp", NOON, LATER)])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Equals", (False, True, False)),
        ("LessThan", (True, False, False)),
        ("GreaterThan", (False, False, True)),
        ("LessThanEquals", (True, True, False)),
        ("GreaterThanEquals", (False, True, True)),
    ],
)
def test_each_kind_compares_by_each_order_with_a_value_and_with_a_path(kind_and_values, name, expected):
    kind, low, high = kind_and_values
    for (value, operand), answer in zip([(low, high), (low, low), (high, low)], expected, strict=True):
        data = {"value": value, "operand": operand}

        assert decide(data, Variable="$.value", **{f"{kind}{name}": operand}) is answer
        assert decide(data, Variable="$.value", **{f"{kind}{name}Path": "$.operand"}) is answer


@pytest.mark.parametrize("value", ["x", 1, 0.5, True, None, [], {}, ["x"]])
@pytest.mark.parametrize(
    "rule",
    [
        *({"StringEquals": "y"}, {"NumericLessThan": 0}, {"BooleanEquals": False}, {"TimestampEquals": NOON}),
        *({"StringMatches": "y*"}, {"NumericEqualsPath": "$.wrong"}, {"TimestampGreaterThanPath": "$.wrong"}),
    ],
)
def test_a_comparison_of_the_wrong_type_is_false(value, rule):
    assert decide({"value": value, "wrong": "wrong"}, Variable="$.value", **rule) is False


def test_true_is_no_number_and_timestamps_compare_as_strings_too():
    assert decide({"a": True}, Variable="$.a", NumericEquals=1) is False
    assert decide({"a": True}, Variable="$.a", BooleanEquals=True) is True
    assert decide({"a": True, "b": True}, Variable="$.a", BooleanEqualsPath="$.b") is True
    assert decide({"a": NOON}, Variable="$.a", StringEquals=NOON) is True


@pytest.mark.parametrize("test", ["IsNull", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"])
def test_the_nature_of_a_value_is_told_and_denied(test):
    values = {"IsNull": None, "IsNumeric": 1.5, "IsString": "x", "IsBoolean": False, "IsTimestamp": NOON}
    for nature, value in values.items():
        expected = test == nature or (test, nature) == ("IsString", "IsTimestamp")

        assert decide({"a": value}, Variable="$.a", **{test: True}) is expected
        assert decide({"a": value}, Variable="$.a", **{test: False}) is not expected


def test_presence_is_asked_of_what_may_be_absent():
    assert decide({"a": None}, Variable="$.a", IsPresent=True) is True
    assert decide({}, Variable="$.a.b", IsPresent=True) is False
    assert decide({}, Variable="$.a.b", IsPresent=False) is True
    assert decide({"a": []}, Variable="$.a[*]", IsPresent=True) is False


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize(
    "rule", [{"StringEquals": "x"}, {"IsNull": True}, {"Variable": "$.here", "NumericEqualsPath": "$.absent"}]
)
def test_what_is_absent_fails_the_state_in_both_dialects(rule, dialect):
    with pytest.raises(StateFailure) as told:
        decide({"here": 1}, dialect, **{"Variable": "$.absent", **rule})

    assert told.value.error == "States.Runtime"


def test_joints_stop_as_soon_as_the_answer_is_known():
    yes, no = {"Variable": "$.a", "NumericEquals": 1}, {"Variable": "$.a", "NumericEquals": 2}
    absent = {"Variable": "$.absent", "NumericEquals": 2}

    assert decide({"a": 1}, And=[yes, yes]) is True
    assert decide({"a": 1}, And=[no, absent]) is False
    assert decide({"a": 1}, Or=[yes, absent]) is True
    assert decide({"a": 1}, Or=[no, no]) is False
    assert decide({"a": 1}, Not={"And": [yes, {"Not": yes}]}) is True


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("foo*.log", "foo23.log", True),
        ("*.log", "zebra.log", True),
        ("foo*.*", "foobar.zebra", True),
        ("foo*.log", "foo.log", True),
        ("foo*.log", "xfoo.log", False),
        ("a?c", "abc", False),
        ("[ab]", "a", False),
        (r"a\*c", "a*c", True),
        (r"a\*c", "abc", False),
        (r"a\\*", r"a\bc", True),
        ("ab*ba", "aba", False),
        ("*", "", True),
        ("", "", True),
        ("*\n*", "a\nb", True),
    ],
)
def test_only_stars_have_a_meaning_in_patterns(pattern, text, expected):
    assert decide({"a": text}, Variable="$.a", StringMatches=pattern) is expected


@given(st.text("ab*", max_size=8), st.text("ab", max_size=12))
def test_patterns_match_as_shells_do(pattern, text):
    assert decide({"a": text}, Variable="$.a", StringMatches=pattern) is fnmatch.fnmatchcase(text, pattern)


scalars = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, "a", "b", NOON, LATER])
ORDERS = {"Equals": operator.eq, "LessThan": operator.lt, "GreaterThanEquals": operator.ge}


@given(scalars, scalars, st.sampled_from(sorted(ORDERS)), st.sampled_from(["String", "Numeric"]))
def test_comparisons_agree_with_a_plain_evaluator(value, operand, order, kind):
    types = (str,) if kind == "String" else (int, float)
    fit = all(isinstance(each, types) and not isinstance(each, bool) for each in (value, operand))
    expected = fit and ORDERS[order](value, operand)

    assert decide({"a": value, "b": operand}, Variable="$.a", **{f"{kind}{order}Path": "$.b"}) is expected


leaves = st.tuples(st.sampled_from("abc"), st.integers(0, 1)).map(
    lambda pair: {"Variable": f"$.{pair[0]}", "NumericEquals": pair[1]}
)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda rules: st.sampled_from([{"And": rules}, {"Or": rules}, {"Not": rules[0]}])
    ),
)


def plain_answer(rule, data):
    if "Not" in rule:
        return not plain_answer(rule["Not"], data)
    if "Variable" in rule:
        return data[rule["Variable"][2:]] == rule["NumericEquals"]
    together = all if "And" in rule else any
    return together([plain_answer(each, data) for each in rule.get("And", rule.get("Or"))])


@given(trees, st.fixed_dictionaries({name: st.integers(0, 1) for name in "abc"}))
def test_joined_rules_agree_with_a_plain_evaluator(rule, data):
    assert decide(data, **rule) is plain_answer(rule, data)


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ([], ["rule-not-an-object"]),
        ({}, ["rule-without-one-test"]),
        ({"Variable": "$.a", "StringEquals": "x", "IsNull": True}, ["rule-without-one-test"]),
        ({"StringEquals": "x"}, ["no-variable"]),
        ({"Variable": "a", "StringEquals": 5}, ["bad-path", "bad-operand"]),
        ({"Variable": "$.a", "NumericEquals": True}, ["bad-operand"]),
        ({"Variable": "$.a", "TimestampEquals": "noon"}, ["bad-operand"]),
        ({"Variable": "$.a", "StringEqualsPath": "b"}, ["bad-path"]),
        ({"Variable": "$.a", "StringMatches": "\\"}, ["bad-operand"]),
        ({"Variable": "$.a", "IsNull": "true"}, ["bad-operand"]),
        ({"Variable": "$.a", "StringMatchesPath": "$.b"}, ["rule-without-one-test"]),
        ({"Variable": "$.a", "IsNull": True, "Stray": 1}, ["unknown-field"]),
        ({"And": []}, ["no-rules"]),
        ({"Or": {}}, ["no-rules"]),
        ({"Not": {"Variable": "$.a", "IsNull": True, "Next": "B"}}, ["next-in-inner-rule"]),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_and_such_a_rule_is_not_read(rule, codes):
    assert [finding.code for finding in check_rule(rule, "/States/A/Choices/0")] == codes
    with pytest.raises(InvalidDefinition):
        read_rule(rule, "/States/A/Choices/0")


def test_findings_name_the_place():
    rule = {"And": [{"Variable": "$.a", "IsNull": True}, {"Variable": "a/b", "IsNull": True}], "Next": "B"}

    assert [finding.pointer for finding in check_rule(rule, "/States/A/Choices/0")] == [
        "/States/A/Choices/0/And/1/Variable"
    ]


def test_rules_nested_without_end_are_refused():
    rule = {"Variable": "$.a", "IsNull": True}
    for _ in range(5000):
        rule = {"Not": rule}

    assert [finding.code for finding in check_rule(rule, "")] == ["rule-too-deep"]
