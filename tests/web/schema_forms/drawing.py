"""Schemas with values that they accept, drawn at random: each of them a form must bring through."""

from __future__ import annotations

from hypothesis import strategies as st

TEXTS = st.text(max_size=12)
NAMES = st.text(min_size=1, max_size=6)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | TEXTS
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
COLLECTION = {
    "type": "object",
    "format": "globus-collection",
    "properties": {"id": {"type": "string"}, "path": {"type": "string"}},
}


def leaves():
    """Pairs of a schema and a strategy for its values."""
    simple = [
        ({"type": "string"}, TEXTS),
        ({"type": "string", "maxLength": 5000}, TEXTS),
        ({"type": "string", "format": "date"}, st.dates().map(str)),
        ({"type": "string", "format": "date-time"}, st.datetimes().map(lambda at: f"{at.isoformat()}Z")),
        ({"type": "number", "x-unit": "mm"}, NUMBERS),
        ({"type": "integer"}, st.integers()),
        ({"type": "boolean"}, st.booleans()),
        ({"type": "null"}, st.none()),
        ({"type": ["string", "null"]}, TEXTS | st.none()),
        ({"type": ["string", "number", "boolean"]}, TEXTS | NUMBERS | st.booleans()),
        ({}, JSON),
        ({"type": "object"}, st.dictionaries(TEXTS, JSON, max_size=3)),
        ({"type": "boolean", "default": True}, st.booleans()),
        ({"const": 1}, st.just(1)),
        (COLLECTION, st.fixed_dictionaries({}, optional={"id": TEXTS, "path": TEXTS})),
    ]
    chosen = st.lists(SCALARS, min_size=1, max_size=4).map(lambda told: ({"enum": told}, st.sampled_from(told)))
    return st.sampled_from(simple) | chosen


def deeper(inner):
    return lists(inner) | tuples(inner) | maps(inner) | objects(inner) | variants(inner)


def lists(inner):
    return inner.map(lambda one: ({"type": "array", "items": one[0]}, st.lists(one[1], max_size=3)))


def maps(inner):
    return inner.map(
        lambda one: ({"type": "object", "additionalProperties": one[0]}, st.dictionaries(TEXTS, one[1], max_size=3))
    )


@st.composite
def tuples(draw, inner):
    parts = draw(st.lists(inner, min_size=1, max_size=3))
    number = st.integers(0, len(parts))
    values = number.flatmap(lambda most: st.tuples(*(one[1] for one in parts[:most])).map(list))
    return {"type": "array", "prefixItems": [one[0] for one in parts]}, values


@st.composite
def objects(draw, inner):
    parts = draw(st.dictionaries(NAMES, inner, min_size=1, max_size=3))
    required = [name for name in parts if draw(st.booleans())]
    schema = {"type": "object", "properties": {name: one[0] for name, one in parts.items()}, "required": required}
    optional = {name: one[1] for name, one in parts.items() if name not in required}
    return schema, st.fixed_dictionaries({name: parts[name][1] for name in required}, optional=optional)


@st.composite
def variants(draw, inner):
    """Of objects, each known by a value of its own."""
    parts = draw(st.lists(inner, min_size=1, max_size=3))
    options = [
        {"type": "object", "properties": {"of": {"const": at}, "is": one[0]}, "required": ["of", "is"]}
        for at, one in enumerate(parts)
    ]
    values = [st.fixed_dictionaries({"of": st.just(at), "is": one[1]}) for at, one in enumerate(parts)]
    return {"oneOf": options}, st.one_of(values)


@st.composite
def pairs(draw):
    """A schema, and a value that it accepts."""
    schema, values = draw(st.recursive(leaves(), deeper, max_leaves=6))
    return schema, draw(values)
