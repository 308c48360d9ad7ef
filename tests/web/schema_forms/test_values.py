"""A schema gives a form, a form gives a value: what is spelled is read back the same."""

import pytest

from apps.web.schema_forms.building import form_of
from apps.web.schema_forms.fields import ABSENT, Kind
from apps.web.schema_forms.reading import read
from apps.web.schema_forms.spelling import spelled

PERSON = {
    "type": "object",
    "title": "A person",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name"],
}
SHAPE = {
    "oneOf": [
        {"title": "Circle", "type": "object", "properties": {"r": {"type": "number"}}, "required": ["r"]},
        {"title": "Box", "type": "object", "properties": {"w": {"type": "number"}, "h": {"type": "number"}}},
        {"type": "null"},
    ]
}
COLLECTION = {
    "type": "object",
    "format": "globus-collection",
    "properties": {"id": {"type": "string", "format": "uuid"}, "path": {"type": "string"}},
    "required": ["id", "path"],
}


def of(schema, **more):
    return form_of({"type": "object", "properties": {"a": schema}, **more})


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, "two\nlines"),
        ({"type": "number"}, 1.5e-7),
        ({"type": "integer"}, -(10**30)),
        ({"type": "boolean"}, False),
        ({"type": "boolean", "default": True}, False),
        ({"enum": ["x", 1, True, None]}, True),
        ({"enum": ["x", 1, True, None]}, None),
        ({"const": 7}, 7),
        ({"type": "array", "items": {"type": "string"}}, ["x", "y"]),
        ({"type": "array", "items": PERSON}, [{"name": "Alice", "age": 3}, {"name": "Bob"}]),
        ({"type": "array", "uniqueItems": True, "items": {"enum": ["x", "y", "z"]}}, ["x", "z"]),
        ({"type": "object"}, {"any": [1, None]}),
        ({}, [None, "anything"]),
        ({"type": ["string", "null"]}, "x"),
        ({"type": ["string", "number"]}, 3),
        (PERSON, {"name": "Alice"}),
        (SHAPE, {"r": 2}),
        (SHAPE, {"w": 1, "h": 2}),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, 4),
        (COLLECTION, {"id": "6c54cade-bde5-45c1-bdea-f4bd71dba2cc", "path": "/run/"}),
        ({"type": "string", "format": "date-time"}, "2027-01-31T12:00:00Z"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}, [[1], [2, 3]]),
    ],
)
def test_what_is_spelled_is_read_back_the_same(schema, value):
    asked = of(schema, required=["a"])

    found = read(asked, spelled(asked, {"a": value}))

    assert (found.value, found.faults) == ({"a": value}, {})


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "number"},
        {"type": "boolean"},
        {"enum": [1, 2]},
        PERSON,
        SHAPE,
        COLLECTION,
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "properties": {"deep": PERSON, "is": {"type": "boolean", "default": True}}},
    ],
)
def test_what_may_be_left_out_and_is_not_written_is_not_there(schema):
    asked = of(schema)

    assert read(asked, spelled(asked)).value == {}


def test_defaults_stand_in_the_form():
    asked = of({"type": "object", "properties": {"n": {"type": "integer", "default": 3}, "s": {"default": [1]}}})

    assert read(asked, spelled(asked)).value == {"a": {"n": 3, "s": [1]}}


def test_a_list_begins_with_as_many_as_there_must_be():
    asked = of({"type": "array", "items": {"type": "string"}, "minItems": 2}, required=["a"])

    found = read(asked, spelled(asked))

    assert found.faults == {"/a/0": "Fill this in, or remove it.", "/a/1": "Fill this in, or remove it."}


def test_keys_may_be_written_with_any_sign():
    odd = {"a/b~c?d:e.f": {"type": "array", "items": {"type": "string"}}, "ünï": {"type": "string"}}
    asked, value = form_of({"properties": odd}), {"a/b~c?d:e.f": ["x"], "ünï": "y"}

    assert read(asked, spelled(asked, value)).value == value


@pytest.mark.parametrize(
    ("schema", "text", "sentence"),
    [
        ({"type": "number"}, "much", "Write a number, such as 12.5 or 3e-4."),
        ({"type": "number"}, "NaN", "Write a number, such as 12.5 or 3e-4."),
        ({"type": "integer"}, "1.5", "Write a whole number, such as 12."),
        ({"type": "object"}, "{'a'}", "This is no JSON in line 1"),
        ({"type": "object"}, "[" * 100_000, "This is nested too deeply."),
        ({"enum": [1, 2]}, "7", "Choose one of those that are listed."),
        ({"type": "string", "format": "date-time"}, "soon", "Write it as 2027-01-31T12:00, in UTC."),
        ({"type": "string"}, " ", "Fill this in."),
    ],
)
def test_what_cannot_be_read_is_told_in_its_place(schema, text, sentence):
    found = read(of(schema, required=["a"]), {"input/a": text})

    assert found.faults["/a"].startswith(sentence)


def test_members_stand_in_the_order_that_is_asked_for():
    members = {"x": {}, "y": {"propertyOrder": 2}, "z": {"propertyOrder": 1}, "w": {}}

    assert [one.key for one in form_of({"properties": members, "propertyOrder": ["w"]}).fields] == ["w", "z", "y", "x"]


def test_references_are_followed_and_what_holds_itself_ends_in_json():
    tree = {"type": "object", "properties": {"below": {"$ref": "#/$defs/tree"}}}
    schema = {"$defs": {"tree": tree, "name": {"type": "string"}}, "properties": {"n": {"$ref": "#/$defs/name"}}}
    asked = form_of({**schema, "properties": {**schema["properties"], "t": {"$ref": "#/$defs/tree"}}})

    assert asked.fields[0].kind is Kind.TEXT
    kinds = []
    while asked.fields:
        asked = asked.fields[-1]
        kinds.append(asked.kind)
    assert kinds[-1] is Kind.RAW


NO_SCHEMAS = [True, None, [], {"$ref": "#"}, {"$ref": "http://x/"}, {"type": 3}, {"allOf": [{"$ref": "#/a"}]}]


@pytest.mark.parametrize("schema", NO_SCHEMAS)
def test_any_schema_gives_a_form(schema):
    assert form_of(schema).kind in {Kind.RAW, Kind.GROUP}
    assert of(schema).fields[0].default is ABSENT


TEN = [f"p{at}" for at in range(10)]
WIDE = {f"l{at}": {"properties": {name: {"$ref": f"#/$defs/l{at + 1}"} for name in TEN}} for at in range(12)}
LISTS = {"type": "array", "minItems": 10**9, "items": {"type": "array", "minItems": 10**9, "items": {"type": "string"}}}


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"$ref": "#"}, {"$ref": "#"}]},
        {"$ref": "#/$defs/l0", "$defs": WIDE},
        {"$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}] * 10}}, "properties": {"a": {"$ref": "#/$defs/a"}}},
        {"properties": {"a": LISTS}, "required": ["a"]},
        {"properties": {"a": {"oneOf": [{"$ref": "#"}] * 20}}},
    ],
)
def test_a_schema_that_grows_without_end_gives_a_form_soon(schema):
    asked = form_of(schema)

    assert len(spelled(asked)) < 50_000


def test_parts_of_a_schema_are_put_together():
    asked = form_of({"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}, "required": ["b"]}]})

    assert [(one.key, one.is_required) for one in asked.fields] == [("a", False), ("b", True)]
