"""What is written: checked whole, with every fault by its place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.search.errors import InvalidDocument
from apps.search.forms import entries
from apps.search.types import EntryDraft, EntryPatch, IngestRequest, Problem
from tests.search.makers import ALICE, GROUP

READERS = (entries.ingest, entries.entry, entries.patch, entries.subjects)


def entry(**parts):
    return {"subject": "s", "visible_to": ["public"], "content": {"a": 1}, **parts}


def messages(read, asked):
    with pytest.raises(InvalidDocument) as caught:
        read(asked)
    return caught.value.details["messages"]["json"]


def nested(depth):
    return {"a": nested(depth - 1)} if depth > 1 else {}


def test_an_entry_is_read_whole():
    asked = entry(id="e", visible_to=[ALICE, GROUP.replace("aa", "AA")])
    asked |= {"principal_sets": {"admin": [ALICE, ALICE]}, "@datatype": "GMetaEntry", "mimetype": "application/json"}

    assert entries.entry(asked) == EntryDraft("s", {"a": 1}, (ALICE, GROUP), "e", {"admin": (ALICE,)})


def test_no_id_and_null_are_the_null_entry():
    assert entries.entry(entry()).entry_id == entries.entry(entry(id=None)).entry_id == ""


def test_an_entry_may_be_visible_to_nobody():
    assert entries.entry(entry(visible_to=[])).visible_to == ()


def test_a_list_and_a_single_entry_are_ingested():
    one = {"ingest_type": "GMetaEntry", "ingest_data": entry(), "field_mapping": {"a\\.b.c": "geo_point"}}
    many = {"@datatype": "GIngest", "ingest_type": "GMetaList", "ingest_data": {"gmeta": [entry(), entry(id="e")]}}

    assert entries.ingest(one) == IngestRequest((entries.entry(entry()),), {"a\\.b.c": "geo_point"})
    assert [each.entry_id for each in entries.ingest(many).entries] == ["", "e"]


def test_all_faults_of_all_entries_are_told_by_place():
    bad = [entry(), {"subject": "t", "content": {}}, entry(visible_to=["bob"], subject="")]

    told = messages(entries.ingest, {"ingest_type": "GMetaList", "ingest_data": {"gmeta": bad}})["ingest_data"]["gmeta"]

    assert told["1"] == {"visible_to": ["Missing data for required field."]}
    assert told["2"]["subject"] == ["must not be empty"]
    assert told["2"]["visible_to"]["0"][0].startswith('"bob" is no principal')


def test_of_very_many_faults_a_hundred_are_told():
    told = messages(entries.ingest, {"ingest_type": "GMetaList", "ingest_data": {"gmeta": [1] * 500}})

    assert len(told["ingest_data"]["gmeta"]) == 100
    assert told["_schema"] == ["There are 400 more problems."]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"subject": 3}, {"subject": ["must be a text"]}),
        ({"subject": "é" * 251}, {"subject": ["must be at most 500 bytes long as UTF-8"]}),
        ({"subject": "a\nb"}, {"subject": ["must not hold control characters"]}),
        ({"id": ""}, {"id": ["must not be empty"]}),
        ({"id": "x" * 101}, {"id": ["must be at most 100 bytes long as UTF-8"]}),
        ({"visible_to": None}, {"visible_to": ["Field may not be null."]}),
        ({"visible_to": "public"}, {"visible_to": ["must be a list"]}),
        ({"content": []}, {"content": ["must be an object"]}),
        ({"content": {"a": {"b": ["x", "\0"]}}}, {"content": {"a": {"b": {"1": ["must not hold the character NUL"]}}}}),
        ({"content": {"a": float("inf")}}, None),
        ({"content": {"a": 10**400}}, None),
        ({"content": {"a": "\ud800"}}, None),
        ({"content": {"k" * 1001: 1}}, None),
        ({"content": {"a": "x" * 10_000_000}}, None),
        ({"content": nested(21)}, None),
        ({"principal_sets": {"a": ["x"]}}, None),
        ({"principal_sets": {"a\0": []}}, None),
        ({"visible": []}, {"visible": ['This key is not known. Did you mean "visible_to"?']}),
    ],
)
def test_a_bad_part_is_told(parts, told):
    found = messages(entries.entry, entry(**parts))

    assert found == told if told else list(found) == list(parts)


def test_content_may_be_twenty_deep():
    assert entries.entry(entry(content=nested(20))).content == nested(20)


def test_a_patch_leaves_what_it_does_not_name():
    assert entries.patch({"subject": "s", "content": {"a": None}}) == EntryPatch("s", content={"a": None})
    assert entries.patch({"subject": "s", "id": "e", "visible_to": ["public"]}).visible_to == ("public",)


def test_subjects_to_delete_come_once_each():
    assert entries.subjects({"subjects": ["a", "b", "a"]}) == ("a", "b")
    assert messages(entries.subjects, {"subjects": []}) == {"subjects": ["must not be an empty list"]}


def test_a_line_is_a_draft_or_a_problem_of_its_own():
    bad = entries.line(b'{"subject": "b", "visible_to": ["bob"], "content": 3}')

    assert entries.line(json.dumps(entry()).encode()) == entries.entry(entry())
    assert (bad.subject, bad.path) == ("b", "content")
    assert bad.reason.startswith('must be an object; visible_to.0: "bob" is no principal')
    assert entries.line(b"{oops").reason.startswith("This is not JSON")
    assert entries.line(b"[]") == Problem("", "", "must be an object")


_NAMES = "subject content visible_to id principal_sets ingest_type ingest_data gmeta field_mapping a"
_KEYS = st.sampled_from(_NAMES.split())
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.just("GMetaList")
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(), inner, max_size=5)
)


@settings(deadline=None)
@given(_JSON, st.sampled_from(READERS))
def test_any_json_is_read_or_an_invalid_document(asked, read):
    try:
        assert read(asked) is not None
    except InvalidDocument as error:
        assert error.details["messages"]["json"]  # noqa: PT017  # either way is right


@settings(deadline=None)
@given(st.binary() | _JSON.map(lambda raw: json.dumps(raw).encode()))
def test_any_line_is_a_draft_or_a_problem_that_a_database_takes(raw):
    read = entries.line(raw)

    assert isinstance(read, EntryDraft) or "\0" not in read.subject + read.path + read.reason
