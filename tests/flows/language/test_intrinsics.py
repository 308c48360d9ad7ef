"""The intrinsic functions: what the specification and AWS' documentation say, and what AWS was seen to do."""

import base64
import hashlib
import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.flows.language.failures import StateFailure
from apps.flows.language.functions import FUNCTIONS
from apps.flows.language.intrinsics import call, check_intrinsic
from apps.flows.language.scene import Scene

DATA = {
    "name": "Ada",
    "nine": [1, 2, 3, 4, 5, 6, 7, 8, 9],
    "json": {"name": "Foo", "year": 2020},
    "text": '{"number": 20}',
    "template": "Hello {}",
    "first": {"a": {"a1": 1, "a2": 2}, "b": 2},
    "second": {"a": {"a3": 1, "a4": 2}, "c": 3},
    "a,b": "comma)",
    "long": "x" * 10_001,
}
SCENE = Scene(DATA, context={"Execution": {"Name": "run-9"}})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("States.Format('Your name is {}, we are in {}', $.name, 2020)", "Your name is Ada, we are in 2020"),
        ("States.Format($.template, $.name)", "Hello Ada"),
        ("States.Format('{} {} {} {}', null, true, 1.5, -3)", "null true 1.5 -3"),
        (r"States.Format('\{\} {} \'\\', 'x')", r"{} x '" + "\\"),
        ("States.Format('{}', States.Array(1, 'a', null))", "[1, a, null]"),
        ("States.Format('{}', $.json)", "{name=Foo, year=2020}"),
        ("States.Format('none')", "none"),
        ("States.StringToJson($.text)", {"number": 20}),
        ("""States.StringToJson('{"a": [1, true]}')""", {"a": [1, True]}),
        ("States.StringToJson(' ')", None),
        ("States.JsonToString($.json)", '{"name":"Foo","year":2020}'),
        ("States.JsonToString('é')", '"é"'),
        ("States.Array('Foo', 2020, $.json, null)", ["Foo", 2020, {"name": "Foo", "year": 2020}, None]),
        ("States.Array()", []),
        ("States.ArrayPartition($.nine,4)", [[1, 2, 3, 4], [5, 6, 7, 8], [9]]),
        ("States.ArrayPartition(States.Array(), 2.4)", []),
        ("States.ArrayContains($.nine, 5)", True),
        ("States.ArrayContains(States.Array(1, null), true)", False),
        ("States.ArrayContains(States.Array(States.Array(1)), States.Array(1.0))", True),
        ("States.ArrayRange(1, 9, 2)", [1, 3, 5, 7, 9]),
        ("States.ArrayRange(0, 10, 3)", [0, 3, 6, 9]),
        ("States.ArrayRange(3, 1, -1)", [3, 2, 1]),
        ("States.ArrayRange(3, 1, 1)", []),
        ("States.ArrayGetItem($.nine, 5)", 6),
        ("States.ArrayLength($.nine[1:3])", 2),
        ("States.ArrayUnique(States.Array(1, 1.0, true, true, null, '1', 1.1))", [1, True, None, "1", 1.1]),
        ("States.Base64Encode('Data to encode')", "RGF0YSB0byBlbmNvZGU="),
        ("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", "Data to encode"),
        ("States.Hash('input data', 'SHA-1')", "aaff4a450a104cd177d28d18d74485e8cae074b7"),
        ("States.Hash('input data', 'MD5')", "812f45842bc6d66ee14572ce20db8e86"),
        ("States.JsonMerge($.first, $.second, false)", {"a": {"a3": 1, "a4": 2}, "b": 2, "c": 3}),
        ("States.MathAdd(111, -1)", 110),
        ("States.MathAdd(1.49, 1.5)", 3),
        ("States.MathAdd(-1.5, -1.51)", -3),
        ("States.MathAdd(-0.5, 2.5)", 3),
        ("States.StringSplit('This.is+a,test=string', '.+,=')", ["This", "is", "a", "test", "string"]),
        ("States.StringSplit(', , ,', ',')", [" ", " "]),
        ("States.StringSplit('a^b]c-d', '^]-')", ["a", "b", "c", "d"]),
        ("States.StringSplit(',,', ',')", []),
        ("States.ArrayGetItem(States.StringSplit($$.Execution.Name, '-'), States.MathAdd(0, 1))", "9"),
        ("  States.Format( '{}' ,  $['a,b'] ) ", "comma)"),
        ("States.ArrayLength($.nine[?(@ > 7)])", 2),
        ("States.Format('{}', $.json.['name'])", "Foo"),
    ],
)
def test_each_function_gives_what_is_written_of_it(text, value):
    assert check_intrinsic(text) is None
    assert call(text, SCENE) == value


def test_all_eighteen_are_there():
    assert len(FUNCTIONS) == 18


@pytest.mark.parametrize(
    "text",
    [
        "States.Format('{} {}', 'one')",
        "States.Format('{}', 'one', 'two')",
        "States.Format('{ }', 'one')",
        "States.Format($.nine)",
        "States.StringToJson('nope')",
        "States.StringToJson('NaN')",
        "States.StringToJson('1e999')",
        "States.StringToJson(5)",
        "States.ArrayPartition($.nine, 0)",
        "States.ArrayPartition($.name, 2)",
        "States.ArrayContains($.name, 2)",
        "States.ArrayRange(1, 5, 0)",
        "States.ArrayRange(0, 1000, 1)",
        "States.ArrayRange(0, 999999999999999999999999, 1)",
        "States.ArrayRange('a', 5, 1)",
        "States.ArrayGetItem($.nine, 9)",
        "States.ArrayGetItem($.nine, -1)",
        "States.ArrayGetItem($.nine, true)",
        "States.ArrayLength($.name)",
        "States.ArrayUnique($.json)",
        "States.Base64Encode($.long)",
        "States.Base64Encode(5)",
        "States.Base64Decode('%%%')",
        "States.Base64Decode('/w==')",
        "States.Hash('x', 'SHA-3')",
        "States.Hash($.long, 'MD5')",
        "States.JsonMerge($.first, $.second, true)",
        "States.JsonMerge($.first, $.nine, false)",
        "States.MathRandom(5, 5)",
        "States.MathRandom('a', 5)",
        "States.MathAdd(2147483648, 0)",
        "States.MathAdd('1', 0)",
        "States.StringSplit(5, ',')",
    ],
)
def test_what_a_function_cannot_do_is_an_intrinsic_failure(text):
    with pytest.raises(StateFailure) as told:
        call(text, SCENE)

    assert told.value.error == "States.IntrinsicFailure"


@pytest.mark.parametrize(
    "text",
    [
        *("", "$", "States.UUID", "States.UUID(", "States.UUID()x", "States.UUID(1)", "States.Nope()", "UUID()"),
        *(
            "States.Array(1 2)",
            "States.Array(,)",
            "States.Array(1,)",
            "States.Array('a)",
            "States.Array(a)",
            5,
            None,
            [],
        ),
        *(r"States.Array('\n')", r"States.Array('\"')", "States.Array('\\", "States.Array($.a b)", "States.Array(01)"),
        *("States.Array($)" * 1000, "States.Array(" * 11 + ")" * 11, "States.Array(1e999)", "States.Array($.[)"),
    ],
)
def test_what_is_no_function_is_told_before_it_is_called(text):
    assert check_intrinsic(text).endswith(".")


def test_an_argument_that_leads_nowhere_is_a_failure_of_its_path():
    with pytest.raises(StateFailure) as told:
        call("States.Format('{}', $.nothing)", SCENE)

    assert told.value.error == "States.ParameterPathFailure"


def test_a_random_number_is_below_the_end_and_the_same_for_the_same_seed():
    numbers = {call("States.MathRandom(1, 4)", SCENE) for _ in range(200)}

    assert numbers == {1, 2, 3}
    assert call("States.MathRandom(0, 999, 3)", SCENE) == call("States.MathRandom(0, 999, 3)", SCENE)


def test_identifiers_are_random_ones_of_version_4():
    first, second = (uuid.UUID(call("States.UUID()", SCENE)) for _ in range(2))

    assert first != second
    assert first.version == 4


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)


def literal(text):
    for character in "\\'{}":
        text = text.replace(character, f"\\{character}")
    return f"'{text}'"


@given(texts, values)
def test_any_text_can_be_written_as_a_literal_and_any_value_as_json(text, value):
    scene = Scene({"value": value, "text": text})

    assert call(f"States.Format({literal(text)})", scene) == text
    assert call(f"States.Format('{{}}', {literal(text)})", scene) == text
    assert call("States.StringToJson(States.JsonToString($.value))", scene) == value


@given(st.lists(values, max_size=8), st.integers(1, 5), values)
def test_arrays_agree_with_plain_python(array, size, wanted):
    scene = Scene({"array": array, "size": size, "wanted": wanted})
    written = [json.dumps(each, sort_keys=True) for each in array]

    parts = call("States.ArrayPartition($.array, $.size)", scene)

    assert [each for part in parts for each in part] == array
    assert all(len(part) == size for part in parts[:-1])
    assert call("States.ArrayLength($.array)", scene) == len(array)
    assert len(call("States.ArrayUnique($.array)", scene)) <= len(set(written))
    assert call("States.ArrayContains($.array, $.wanted)", scene) or json.dumps(wanted, sort_keys=True) not in written


@given(texts, st.text(".,+-]^[", max_size=3))
def test_texts_agree_with_plain_python(text, ends):
    scene = Scene({"text": text, "ends": ends})
    encoded = base64.b64encode(text.encode()).decode()
    for end in ends[1:]:
        text = text.replace(end, ends[0])

    assert call("States.Base64Encode($.text)", scene) == encoded
    assert call("States.Hash($.text, 'SHA-256')", scene) == hashlib.sha256(scene.data["text"].encode()).hexdigest()
    assert call("States.StringSplit($.text, $.ends)", scene) == [
        piece for piece in (text.split(ends[0]) if ends else [text]) if piece
    ]


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-5, 5).filter(bool))
def test_ranges_agree_with_counting(first, last, step):
    expected = []
    number = first
    while number <= last if step > 0 else number >= last:
        expected.append(number)
        number += step

    assert call(f"States.ArrayRange({first}, {last}, {step})", SCENE) == expected
