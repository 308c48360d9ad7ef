"""What a form says beside its fields: units, terms, who sees it, where a value comes from; and what it writes anew."""

import pytest
from bs4 import BeautifulSoup

from apps.common.errors import Invalid
from apps.common.json_formats import is_ror, normal, orcid_digit
from apps.web.schema_forms.form import SchemaForm
from apps.web.schema_forms.proposing import Proposal
from apps.web.schema_forms.vocabularies import Term, Terms, checked
from apps.web.who import Who
from tests.web.schema_forms.browser import posted, read_page, round_trip

TERMS = Terms((Term("P1", "Triclinic"), Term("P 43 21 2", "Tetragonal"), Term("C2")))


def of(schema, **how):
    return SchemaForm({"type": "object", "properties": {"a": schema}}, None, **how)


@pytest.mark.parametrize(
    ("name", "pasted", "written"),
    [
        ("orcid", " https://orcid.org/0000-0002-1825-0097 ", "0000-0002-1825-0097"),
        ("orcid", "0000000218250097", "0000-0002-1825-0097"),
        ("orcid", "0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("ror", "04wxnsj81", "https://ror.org/04wxnsj81"),
        ("ror", "http://ror.org/04WXNSJ81/", "https://ror.org/04wxnsj81"),
        ("doi", "https://doi.org/10.5281/zenodo.1234", "10.5281/zenodo.1234"),
        ("doi", "doi: 10.5281/zenodo.1234", "10.5281/zenodo.1234"),
        ("doi", "http://dx.doi.org/10.1000/456#789", "10.1000/456#789"),
        ("email", " alice@example.org ", "alice@example.org"),
    ],
)
def test_identifiers_are_written_as_they_should_be(name, pasted, written):
    found = of({"type": "string", "format": name}).read({"input/a": pasted})

    assert (found.value, found.faults) == ({"a": written}, {})


def test_digits_that_check_others_are_right():
    assert [orcid_digit(one) for one in ("0000-0002-1825-009", "0000-0002-1694-233")] == ["7", "X"]
    assert all(is_ror(normal("ror", one)) for one in ("05dxps055", "05a28rw58", "01ggx4157", "03vek6s52"))
    assert not is_ror("https://ror.org/05dxps056")


def test_moments_and_times_without_a_zone_are_in_utc():
    moment, time = of({"type": "string", "format": "date-time"}), of({"type": "string", "format": "time"})

    assert moment.read({"input/a": "2027-01-31T12:00"}).value == {"a": "2027-01-31T12:00:00Z"}
    assert time.read({"input/a": "12:30"}).value == {"a": "12:30:00Z"}


def test_a_term_is_known_by_its_value_or_its_label():
    form = of({"type": "string", "x-vocabulary": "groups"}, vocabularies={"groups": TERMS})

    assert form.read({"input/a": "tetragonal"}).value == {"a": "P 43 21 2"}
    assert form.read({"input/a": "C2"}).faults == {}
    assert "not in the list" in form.read({"input/a": "C3"}).faults["/a"]
    assert 'list="input/a?terms"' in read_page(form.shown({})).html


def test_an_open_vocabulary_takes_any_word():
    assert checked(Terms((), is_open=True), "new") == "new"
    with pytest.raises(Invalid, match="not in the list"):
        checked(Terms(()), "new")


def test_a_unit_is_read_with_its_field():
    page = read_page(of({"type": "number", "x-unit": "mm"}).shown({}))

    assert '<span id="input/a?unit">mm</span>' in page.html
    assert "input/a?unit" in page.described


ALL, PIS = Who("public", "Everyone"), Who("private", "Only principal investigators")
WORD = {"type": "string"}


def said_in(page):
    """The fields and sections that say in words who sees them, and those that repeat it as a mark."""
    page = BeautifulSoup(page.html, "lxml")
    words = {one.get("id", ""): one.get_text(strip=True) for one in page.select("[data-audience]:not(.mark)")}
    return words, [one.select_one("[title]")["title"] for one in page.select(".mark")]


def test_what_differs_says_who_sees_it_and_all_else_repeats_a_mark():
    schema = {"type": "object", "x-restricted": "pis", "properties": {"b": WORD}}
    form = of(schema, audiences={"pis": PIS, "": ALL})
    form.schema["properties"]["c"] = WORD

    page = read_page(form.shown({}))

    assert said_in(page) == ({"": ALL.text, "input/a?who": PIS.text}, [PIS.text, ALL.text])
    assert page.described == {"input/a?who"}


def test_a_section_of_which_all_is_restricted_says_so_once():
    members = {"a": {**WORD, "x-restricted": "pis"}, "b": {**WORD, "x-restricted": "pis"}, "c": WORD}
    sections = [{"title": "Both", "fields": ["a", "b"]}, {"title": "One", "fields": ["c"]}]
    schema = {"type": "object", "properties": members, "x-layout": {"sections": sections}}

    view = SchemaForm(schema, None, audiences={"pis": PIS, "": ALL}).shown({})

    assert [(one.who, one.restricted) for one in view.root.sections] == [(PIS, "pis"), (ALL, "")]
    assert not any(part.says_who for one in view.root.sections for part in one.parts)


def test_in_a_section_of_several_who_differs_says_so():
    members = {"a": {**WORD, "x-restricted": "pis"}, "b": WORD}
    schema = {"type": "object", "properties": members, "x-layout": {"sections": [{"title": "S", "fields": ["a", "b"]}]}}

    [section] = SchemaForm(schema, None, audiences={"pis": PIS, "": ALL}).shown({}).root.sections

    assert (section.who, section.restricted) == (ALL, "")
    assert [part.says_who for part in section.parts] == [True, False]


def test_a_proposed_value_is_marked_until_it_is_accepted_or_changed():
    form = of({"type": "number"}, proposals={"/a": Proposal(200, "the file header")})
    typed = posted(form.shown(form.typed()))

    accepted = posted(form.after(typed, "accept:input"))

    assert list(form.proposed(form.read(typed))) == ["/a"]
    assert form.proposed(form.read({**typed, "input/a": "201"})) == {}
    assert (form.read(accepted).accepted, form.proposed(form.read(accepted))) == ({"/a"}, {})
    assert "Proposed from the file header" in read_page(form.shown(typed)).html
    assert "Proposed" not in read_page(form.shown(accepted)).html


def test_a_proposal_leaves_alone_what_is_there_and_what_is_proposed_by_the_schema():
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer", "default": 4}}}
    form = SchemaForm(schema, None, proposals={"/a": Proposal("x", "a file")})

    assert form.read(form.typed()).value == {"a": "x", "b": 4}
    assert form.read(form.typed({"a": "mine"})).value == {"a": "mine"}


def test_what_is_read_only_comes_back_and_cannot_be_missing():
    schema = {"type": "object", "properties": {"a": {"type": "string", "readOnly": True}}, "required": ["a"]}
    form = SchemaForm(schema, None)

    assert round_trip(form, {"a": "10.1000/456"}).value == {"a": "10.1000/456"}
    assert form.read(form.typed()).faults == {}


def test_what_is_only_written_is_not_shown():
    form = of({"type": "string", "writeOnly": True})

    assert "glass" not in read_page(form.shown(form.typed({"a": "glass-case"}))).html


def test_members_stand_in_sections_and_the_rest_before_them():
    layout = {"order": ["c", "a", "b"], "sections": [{"title": "One", "fields": ["b", "a", "nowhere"]}]}
    form = SchemaForm({"properties": {"a": {}, "b": {}, "c": {}}, "x-layout": layout}, None)

    shown = [(one.title, [part.field.key for part in one.parts]) for one in form.shown({}).root.sections]

    assert shown == [("", ["c"]), ("One", ["b", "a"])]


@pytest.mark.parametrize(
    ("button", "after"),
    [("up:input/a:1", "bac"), ("down:input/a:0", "bac"), ("up:input/a:0", "abc"), ("down:input/a:2", "abc")],
)
def test_items_change_places(button, after):
    form = of({"type": "array", "items": {"type": "string"}})

    view = form.after(form.typed({"a": list("abc")}), button)

    assert form.read(posted(view)).value == {"a": list(after)}


def test_places_of_a_tuple_neither_move_nor_go():
    form = of({"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "string"}})
    typed = form.typed({"a": list("abc")})

    for button in ("remove:input/a:0", "up:input/a:1", "down:input/a:0"):
        assert form.read(posted(form.after(typed, button))).value == {"a": list("abc")}
    assert form.read(posted(form.after(typed, "remove:input/a:1"))).value == {"a": ["a", "c"]}


def test_an_item_with_one_field_to_fill_in_is_that_field():
    group = {"type": "object", "title": "Word", "properties": {"word": {"type": "string"}, "of": {"const": 1}}}
    form = of({"type": "array", "items": group})

    page = read_page(form.shown(form.typed({"a": [{"word": "x", "of": 1}]})))

    assert '<label for="input/a/0/word">Word 1' in page.html
    assert round_trip(form, {"a": [{"word": "x", "of": 1}]}).value == {"a": [{"word": "x", "of": 1}]}
    assert "input/a/0" in page.ids


def test_it_keeps_its_own_name_where_that_says_more():
    form = of({"type": "array", "title": "Days", "items": {"type": "object", "properties": {"start": WORD}}})

    assert "Days 1: Start" in read_page(form.shown(form.typed({"a": [{"start": "x"}]}))).html


@pytest.mark.parametrize(("told", "words"), [(5e12, "5e+12"), (0.1, "0.1"), (12345678.9, "12345678.9"), (7, "7")])
def test_examples_of_numbers_are_written_as_one_would(told, words):
    assert f"For example {words}." in read_page(of({"type": "number", "examples": [told]}).shown({})).html


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("number", "\u22121.5", -1.5),
        ("number", "\uff11\uff12", 12),
        ("integer", "\uff11\uff12", 12),
        ("integer", "\u20133", -3),
        ("string", "a\0b\x1bc\r\nd\re", "abc\nd\ne"),
        ("string", "\U0001f469\u200d\U0001f52c \u05d0", "\U0001f469\u200d\U0001f52c \u05d0"),
        ("string", "<b>&amp;", "<b>&amp;"),
    ],
)
def test_what_is_pasted_is_read_as_it_was_meant(kind, typed, value):
    found = of({"type": kind}).read({"input/a": typed})

    assert (found.value, found.faults) == ({"a": value}, {})


@pytest.mark.parametrize(
    ("schema", "typed", "words"),
    [
        ({"type": "integer"}, "1_000", "Write a whole number"),
        ({"type": "number"}, "1e400", "Write a number"),
        ({"type": "number"}, "9" * 400, "Write a number"),
        ({}, "[1e400]", "1e400 is too large"),
        ({}, "9" * 5000, "too long for a number"),
        ({}, '"\\ud800"', "Half of a sign"),
        ({}, "[" * 100_000, "nested too deeply"),
        ({}, "[" * 41 + "]" * 41, "nested too deeply"),
        ({}, "[NaN]", "no JSON"),
    ],
)
def test_what_no_record_can_hold_is_told_at_its_field(schema, typed, words):
    found = of(schema).read({"input/a": typed})

    assert found.value == {}
    assert words in found.faults["/a"]


@pytest.mark.parametrize("item", [{"type": "string"}, {"type": "number"}, {"type": "string", "format": "date"}])
def test_an_item_that_was_added_and_not_filled_in_stays_so(item):
    form = of({"type": "array", "items": item})
    added = form.read(posted(form.after(form.typed({}), "add:input/a")))

    again = round_trip(form, added.value)

    assert "Fill this in, or remove it." == added.faults["/a/0"] == again.faults["/a/0"]
    assert not any(name.endswith("?json") for name in form.typed(added.value))


def test_a_null_in_a_place_that_may_be_left_out_is_no_place_left_out():
    form = of({"type": "array", "prefixItems": [WORD]})

    assert round_trip(form, {"a": [None]}).value == {"a": [None]}


def test_a_list_of_more_than_a_page_holds_is_written_as_json():
    person = {"type": "object", "properties": {"name": WORD, "mail": WORD, "place": WORD}}
    form, value = of({"type": "array", "items": person}), {"a": [{"name": "x", "mail": "y", "place": "z"}] * 499}

    assert list(form.typed(value)) == ["input/a?json", "input?more?count"]
    assert round_trip(form, value).value == value


def test_all_items_that_are_sent_are_read():
    form = of({"type": "array", "items": WORD})
    many = {f"input/a/{number}": str(number) for number in range(5000)}

    assert len(form.read({"input/a?count": "5000", **many}).value["a"]) == 5000
    assert len(form.read({"input/a?count": "99999999"}).value["a"]) == 500
