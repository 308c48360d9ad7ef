"""A record is read by the words of the form by which it was published, until its index has words of its own."""

import pytest

from apps.publish import services as publish
from apps.publish.types import FormDocument
from apps.search import services as search
from apps.search.types import Record, VisibleEntry
from apps.web.record.formed import summary
from tests.web.publish.records.conftest import page_of, record_of

SCHEMA = {
    "type": "object",
    "required": ["title", "run"],
    "properties": {
        "title": {"type": "string", "title": "Title"},
        "notes": {"type": "string", "x-restricted": "team"},
        "chip": {"type": "string", "title": "Chip name"},
        "long": {"type": "string", "maxLength": 5000},
        "energy": {"type": "number", "x-unit": "keV", "title": "Beam energy"},
        "run": {"type": "string", "title": "Beamtime"},
        "lab": {"type": "object", "title": "Lab", "properties": {"name": {"type": "string", "title": "Name"}}},
        "people": {"type": "array", "items": {"properties": {"name": {"type": "string", "title": "Name"}}}},
        "hidden": {"type": "object", "x-restricted": "team", "properties": {"score": {"type": "number"}}},
    },
}
CONTENT = {
    **{"title": "Lysozyme", "notes": "soaked too long", "chip": "Bounce", "long": "x", "energy": 12.66, "run": "S12"},
    **{"lab": {"name": "SBC"}, "people": [{"name": "Curie"}], "hidden": {"score": 3}},
}


def key_facts(answer):
    return [(one.label, one.brief, one.unit) for one in answer.context["page"].key_facts]


def labels(answer):
    entries = answer.context["page"].entries
    return [(fact.label, fact.unit) for entry in entries for fact in entry.section.facts]


@pytest.fixture
def version(make_form, alice, published):
    form = make_form(schema=SCHEMA, path="/{id}", files={"required": False})
    draft = publish.begin_draft(form=form, actor=alice)
    told = publish.DraftChanges(content=CONTENT)
    return published(publish.save_draft(submission=draft, actor=alice, revision=draft.revision, told=told))


@pytest.mark.parametrize("who", ["alice", "bob", "charlie"])
def test_what_everybody_must_say_comes_first_and_nothing_restricted_is_there(version, get, request, who):
    told = [
        ("Beamtime", "S12", ""),
        ("Beam energy", "12.66", "keV"),
        ("Chip name", "Bounce", ""),
        ("Lab name", "SBC", ""),
    ]

    for address in (record_of(version), page_of(version)):
        assert key_facts(get(address, request.getfixturevalue(who))) == told


def test_places_are_called_what_the_form_calls_them(version, get):
    for address in (record_of(version), page_of(version)):
        found = labels(get(address))

        assert ("Beam energy", "keV") in found
        assert ("Beamtime", "") in found


def test_what_the_index_declares_goes_before_it(version, index, get, dana):
    shown = [{"path": "energy", "label": "Energy of photons", "unit": "kilo-eV"}]
    search.present(index=index, actor=dana, document={"summary": shown})

    for address in (record_of(version), page_of(version)):
        answer = get(address)
        assert key_facts(answer) == [("Energy of photons", "12.66", "kilo-eV")]
        assert {("Energy of photons", "kilo-eV"), ("Chip name", "")} <= set(labels(answer))


def test_it_is_called_what_the_form_calls_it_until_the_index_says_otherwise(version, index, get, dana):
    assert get(record_of(version)).context["page"].title == "Lysozyme"

    search.present(index=index, actor=dana, document={"title": "lab.name"})

    assert get(record_of(version)).context["page"].title == "SBC"


def test_long_values_and_more_than_six_are_left_out():
    members = {f"n{number}": {"type": "string"} for number in range(9)}
    form = FormDocument(
        title="Form", schema={"type": "object", "properties": members}, index="", collection="", choices=()
    )
    content = ",".join(f'"n{number}": "{"x" * (61 if number < 2 else 60)}"' for number in range(9))

    found = summary(form, Record("r", (VisibleEntry("", f"{{{content}}}"),)))

    assert [one.path for one in found] == ["n2", "n3", "n4", "n5", "n6", "n7"]
