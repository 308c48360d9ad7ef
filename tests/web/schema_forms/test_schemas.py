"""Schemas in the manner of the official test suite: what a form accepts validates, what it refuses says why, there."""

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from apps.common.json_formats import FORMATS
from apps.web.schema_forms.form import SchemaForm
from apps.web.schema_forms.spelling import same
from tests.web.schema_forms.browser import read_page, round_trip

FILES = sorted((Path(__file__).parent / "schemas").glob("*.yaml"))
CASES = [pytest.param(one, id=one["about"]) for path in FILES for one in yaml.safe_load(path.read_text())]
ACCEPTED = [
    pytest.param(p.values[0]["schema"], each, id=f"{p.id}-{each!r}") for p in CASES for each in p.values[0]["accepts"]
]
REFUSED = [
    pytest.param(p.values[0]["schema"], *each, id=f"{p.id}-{each[0]!r}")
    for p in CASES
    for each in p.values[0].get("refuses", ())
]


def validates(schema, value):
    return Draft202012Validator(schema, format_checker=FORMATS).is_valid(value)


def test_there_are_as_many_as_were_asked_for():
    assert len(CASES) >= 60


@pytest.mark.parametrize(("schema", "value"), ACCEPTED)
def test_what_a_form_accepts_is_the_value_and_validates(schema, value):
    found = round_trip(SchemaForm(schema, None), value)

    assert same(found.value, value), found
    assert found.faults == {}
    assert validates(schema, found.value)


@pytest.mark.parametrize(("schema", "value", "place", "words"), REFUSED)
def test_what_a_form_refuses_says_why_at_the_field_and_loses_nothing(schema, value, place, words):
    form = SchemaForm(schema, None)

    found = round_trip(form, value)

    assert not validates(schema, value)
    assert words in found.faults.get(place, ""), found.faults
    assert all(anchor.anchor for anchor in form.shown(form.typed(value), found.faults).wrong)


@pytest.mark.parametrize("case", CASES)
def test_each_form_has_an_input_for_each_word_that_explains_one(case):
    form = SchemaForm(case["schema"], None)
    faults = {place: "Wrong." for _, place, _ in case.get("refuses", ())}

    view = form.shown(form.typed(case["accepts"][0]), faults)

    page = read_page(view)
    assert page.described <= page.ids
    assert {one.anchor for one in view.wrong} <= page.ids


def test_what_must_be_there_and_may_be_nothing_is_nothing_where_nothing_is_written():
    schema = {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]}

    assert round_trip(SchemaForm(schema, None), {}).value == {"a": None}
