"""Places in values, by JSON pointers."""

import pytest

from apps.common import places

VALUE = {"a": {"b": [1, {"c": 2}]}, "d/e": {"~": 3}}


@pytest.mark.parametrize(
    ("pointer", "held"),
    [
        ("", VALUE),
        ("/a/b/0", 1),
        ("/a/b/1/c", 2),
        ("/d~1e/~0", 3),
        ("/a/b/2", places.NOTHING),
        ("/x/y", places.NOTHING),
    ],
)
def test_what_stands_at_a_place(pointer, held):
    assert places.at(VALUE, pointer) == held


@pytest.mark.parametrize(
    ("value", "pointer", "then"),
    [
        ({}, "/a/b", {"a": {"b": 9}}),
        ({}, "/a/0/b", {"a": [{"b": 9}]}),
        ({"a": [1]}, "/a/1", {"a": [1, 9]}),
        ({"a": [1]}, "/a/3", {"a": [1]}),
        ({"a": 1}, "/a/b", {"a": 1}),
        ({"a": None}, "/a/b", {"a": {"b": 9}}),
    ],
)
def test_something_is_put_where_there_is_such_a_place(value, pointer, then):
    assert places.put(value, pointer, 9) == then


@pytest.mark.parametrize(
    ("value", "pointer", "then"),
    [
        ({"a": {"b": 1, "c": 2}}, "/a/b", {"a": {"c": 2}}),
        ({"a": {"b": 1}}, "/a/b", {}),
        ({"a": [{"b": 1}]}, "/a/0/b", {}),
        ({"a": [{"b": 1}, 2]}, "/a/0/b", {"a": [{}, 2]}),
        ({"a": [1, 2]}, "/a/0", {"a": [None, 2]}),
        ({"a": {}}, "/a/b", {"a": {}}),
        ({"a": 1}, "/a/b/c", {"a": 1}),
    ],
)
def test_what_goes_takes_what_held_nothing_else(value, pointer, then):
    assert places.without(value, pointer) == then
