import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common import quick_json
from apps.common.rendering import QuickJSONRenderer

texts = st.text(alphabet=st.characters(exclude_categories=("Cs",)))
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner))
pieces = st.sampled_from([*'"\\[]{}:,.-+eE01 \n\x01é', "u", "d800", "dc00", "null", "true", "NaN", '"a"'])


@given(values)
def test_values_are_written_and_read_as_by_the_standard_library(value):
    text = json.dumps(value)

    assert repr(quick_json.loads(text)) == repr(json.loads(text))
    assert repr(json.loads(quick_json.dumps(value))) == repr(value)


anything = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(anything)
def test_what_is_kept_as_text_is_read_as_it_was(value):
    told = quick_json.text(value)

    assert repr(quick_json.loads(told)) == repr(json.loads(told)) == repr(value)


@given(anything, st.integers(0, 40))
def test_a_length_is_told_when_it_is_above_what_was_asked_for(value, above):
    length = len(json.dumps(value, separators=(",", ":")))

    told = quick_json.length(value, above=above)

    assert told == length if told else length <= above


@given(st.lists(pieces, max_size=12).map("".join))
def test_no_text_is_read_otherwise_than_by_the_standard_library(text):
    try:
        expected = repr(json.loads(text))
    except json.JSONDecodeError:
        with pytest.raises(json.JSONDecodeError):
            quick_json.loads(text)
    else:
        assert repr(quick_json.loads(text)) == expected


@pytest.mark.parametrize("text", ['"\\ud800"', "1e400", "NaN"])
def test_what_msgspec_refuses_the_standard_library_may_take(text):
    with pytest.raises(msgspec.MsgspecError):
        msgspec.json.decode(text)

    assert repr(quick_json.loads(text)) == repr(json.loads(text))


def test_what_is_written_goes_in_as_it_is():
    assert quick_json.dumps({"content": quick_json.written('{"a": 1.50}')}) == b'{"content":{"a": 1.50}}'


def test_an_answer_is_indented_for_whoever_asks():
    shown = QuickJSONRenderer().render({"a": [1]}, "application/json; indent=2")

    assert shown == json.dumps({"a": [1]}, indent=2).encode()
