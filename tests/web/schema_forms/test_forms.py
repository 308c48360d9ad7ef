"""A form tells what is wrong in the place where it is, and its buttons change it without losing a word."""

import pytest

from apps.web.schema_forms.fields import Typed
from apps.web.schema_forms.form import SchemaForm

SCHEMA = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 3, "maxLength": 8, "title": "Title"},
        "rate": {"type": "number", "minimum": 0, "exclusiveMaximum": 100},
        "people": {
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "mails": {"type": "array", "items": {"type": "string"}}},
                "required": ["name"],
            },
        },
        "shape": {
            "oneOf": [
                {"properties": {"kind": {"const": "circle"}, "r": {"type": "number", "minimum": 1}}, "required": ["r"]},
                {"properties": {"kind": {"const": "box"}, "w": {"type": "number"}}, "required": ["w"]},
            ]
        },
    },
    "required": ["title", "people"],
}


@pytest.fixture
def form(alice):
    return SchemaForm(SCHEMA, alice)


def faults(form, typed: Typed):
    return form.read(typed).faults


def test_what_is_wrong_is_told_as_sentences_by_place(form):
    typed = {"input/title": "ab", "input/rate": "100", "input/people?count": "1"}

    assert faults(form, typed) == {
        "/title": "Write at least 3 signs.",
        "/rate": "It must be less than 100.",
        "/people/0/name": "Fill this in.",
    }


def test_of_several_forms_only_the_chosen_one_is_judged(form):
    typed = {**form.typed({"title": "abc", "people": [{"name": "x"}]}), "input/shape?of": "0", "input/shape?0/r": "0"}

    assert faults(form, typed) == {"/shape/r": "It must be at least 1."}


def test_each_message_leads_to_its_field(form):
    typed = {"input/people?count": "1", "input/shape?of": "0"}

    view = form.shown(typed, faults(form, typed))

    assert [(one.place, one.anchor) for one in view.wrong] == [
        ("Title", "input/title"),
        ("Name", "input/people/0/name"),
        ("R", "input/shape?0/r"),
    ]


def test_items_are_added_and_removed_and_the_rest_keeps_its_words(form):
    typed = form.typed({"people": [{"name": "A", "mails": ["a@x"]}, {"name": "B", "mails": ["b@x", "c@x"]}]})

    less = form.after(typed, "remove:input/people:0").root
    more = form.after(typed, "add:input/people/1/mails").root

    people = next(part for part in less.parts if part.name == "input/people")
    assert [one.parts[0].text for one in people.parts] == ["B"]
    assert [mail.text for mail in people.parts[0].parts[1].parts] == ["b@x", "c@x"]
    mails = more.parts[2].parts[1].parts[1].parts
    assert [(one.text, one.is_focused) for one in mails] == [("b@x", False), ("c@x", False), ("", True)]


@pytest.mark.parametrize(
    "button",
    ["add:input/nowhere", "remove:input/people:9", "remove:input/people:x", "remove:input/title:0", "x", ":::"],
)
def test_a_button_that_is_none_changes_nothing(form, button):
    typed = form.typed({"title": "abc", "people": [{"name": "A"}]})

    assert form.read(typed).value == {"title": "abc", "people": [{"name": "A"}]}
    assert form.after(typed, button).root.parts[0].text == "abc"


def test_no_more_are_added_than_there_may_be(form):
    typed = form.typed({"people": [{"name": name} for name in "ABC"]})

    people = form.after(typed, "add:input/people").root.parts[2]

    assert (len(people.parts), people.may_add) == (3, False)


def test_it_can_be_written_as_json_and_back(form):
    typed = form.typed({"title": "abc", "people": [{"name": "A"}]})

    raw = form.after(typed, "raw:input")
    back = form.after({"input?raw": "1", "input?json": raw.text.replace("abc", "xyz")}, "form:input")

    assert raw.root is None
    assert back.root.parts[0].text == "xyz"


def test_json_that_is_none_stays_as_it_was_written(form):
    view = form.after({"input?raw": "1", "input?json": "{oops"}, "form:input")

    assert (view.root, view.text) == (None, "{oops")
    assert "no JSON" in view.wrong[0].message


def test_without_a_schema_anything_is_written_as_json(alice):
    form = SchemaForm({}, alice)

    assert form.shown(form.typed()).text == "{}"
    assert form.read(form.sent({"input?json": '{"a": 1}', "other": "x"})).value == {"a": 1}
