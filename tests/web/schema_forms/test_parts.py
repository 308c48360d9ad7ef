"""Parts of a form come and go with what is filled in; what was written into one that went is kept, and is no value."""

from apps.web.schema_forms.form import SchemaForm
from tests.web.schema_forms.browser import posted, read_page

SCHEMA = {
    "type": "object",
    "properties": {"kind": {"enum": ["jet", "chip"]}, "n": {"type": "integer"}},
    "required": ["kind"],
    "if": {"properties": {"kind": {"const": "jet"}}, "required": ["kind"]},
    "then": {"properties": {"speed": {"type": "number", "default": 3}, "is_fast": {"type": "boolean"}}},
}
JET, CHIP = {"input/kind": "0"}, {"input/kind": "1"}


def form():
    return SchemaForm(SCHEMA, None)


def keys(view):
    return [one.field.key for one in view.fields]


def test_a_part_comes_with_what_is_proposed_in_it():
    before, after = form().shown(CHIP), form().shown(JET)

    assert (keys(before), keys(after)) == (["kind", "n"], ["kind", "n", "speed", "is_fast"])
    assert after.fields[2].text == "3"


def test_what_was_written_in_a_part_that_went_is_kept_and_not_sent():
    typed = {**JET, "input/speed": "7"}

    away = posted(form().shown({**typed, **CHIP}))
    back = posted(form().shown({**away, **JET}))

    assert form().read(away).value == {"kind": "chip"}
    assert form().read(back).value == {"kind": "jet", "speed": 7}


def test_the_field_on_which_others_depend_says_so():
    view = form().shown(JET)

    assert [one.field.steers for one in view.fields] == [True, False, False, False]
    assert "look:input/kind" in read_page(view).buttons


def test_words_in_a_number_are_told_and_kept():
    view = form().shown({**CHIP, "input/n": "abc"})

    found = form().read(posted(view))

    assert (found.value, found.faults) == ({"kind": "chip"}, {"/n": "Write a whole number, such as 12."})
    assert posted(view)["input/n"] == "abc"


def test_conditions_that_chase_each_other_come_to_an_end():
    has = {"if": {"required": ["a"]}, "then": {"properties": {"a": False}}, "else": {"properties": {"a": True}}}

    view = SchemaForm({"type": "object", "properties": {"b": {}}, **has}, None).shown({"input/a": "1"})

    assert view.is_live


def test_a_reference_to_another_place_is_never_fetched():
    schema = {"type": "object", "properties": {"a": {"$ref": "http://127.0.0.1:9/secret"}}}
    form = SchemaForm(schema, None)

    found = form.read({"input/a": "1"})

    assert found.value == {"a": 1}
    assert "cannot be read" in found.faults[""]
