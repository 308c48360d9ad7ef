"""Bytes to JSON, strictly."""

import pytest

from apps.common.errors import TooLarge
from apps.search.errors import InvalidDocument
from apps.search.forms import json_text


def test_json_is_read_and_a_byte_order_mark_does_no_harm():
    read = json_text.parse(b'\xef\xbb\xbf{"a": [1, 2.5, null, "\xc3\xa9"]}', most_bytes=100)

    assert read == {"a": [1, 2.5, None, "é"]}


def test_of_a_key_that_comes_twice_the_last_counts():
    assert json_text.parse(b'{"a": 1, "a": 2}', most_bytes=100) == {"a": 2}


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'{"a": 1,\n "b"}', "line 2, column 5"),
        (b'{"a": "\xff"}', "the byte at position 7"),
        (b'{"a": NaN}', "NaN is not JSON"),
        (b'{"a": -Infinity}', "-Infinity is not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"1" * 5_000, "too many digits"),
        (b"", "not JSON"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(raw, told):
    with pytest.raises(InvalidDocument, match=told) as caught:
        json_text.parse(raw, most_bytes=1_000_000)

    assert caught.value.details["messages"]["json"] == [caught.value.message]


def test_a_document_that_is_too_long_is_not_read_at_all():
    with pytest.raises(TooLarge, match="larger than 3 bytes"):
        json_text.parse(b"nonsense", most_bytes=3)
