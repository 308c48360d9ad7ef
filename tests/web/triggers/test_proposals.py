"""A template is proposed from what the flow asks for; what nothing tells is named and left to who writes it."""

import json
import os

import pytest

from apps.web.triggers.proposing import proposed
from tests.web.triggers.conftest import BODY

PLACE = {"type": "object", "format": "globus-collection", "properties": {"id": {}, "path": {}}}
SCHEMA = {
    "type": "object",
    "properties": {
        "source": PLACE,
        "destination": PLACE,
        "chip": {"type": "string"},
        "images": {"type": "integer"},
        "files": {"type": "array"},
        "threshold": {"type": "number", "default": 0.5},
        "note": {"type": "string"},
    },
    "required": ["source", "destination", "chip", "images"],
}


def test_places_and_names_come_from_what_happens():
    batch = {"count": 8, "group_by": "chip"}
    found = proposed("files", SCHEMA, {"pattern": "{chip}/*.cbf", "batch": batch})

    assert found.body == {
        "body": {
            "source": {"id.$": "$.collection", "path.$": "$.first.folder"},
            "destination": None,
            "chip.$": "$.groups.chip",
            "images": None,
            "files.$": "$.files[*].path",
            "threshold": 0.5,
        },
        "label.=": "'Chip ' + groups.chip",
    }
    assert [place.name for place in found.places if not place.why] == ["destination", "images"]


def test_of_each_file_the_file_itself_is_told():
    found = proposed("files", SCHEMA, {"pattern": "*", "batch": "each"})

    assert found.body["body"]["source"] == {"id.$": "$.collection", "path.$": "$.first.path"}
    assert found.body["body"]["chip"] is None


def test_what_is_sent_is_the_input():
    assert proposed("message", SCHEMA, {}).body == {"body.$": "$.body"}


def test_records_and_runs_are_told_by_what_a_flow_calls_them():
    schema = {"properties": {"subject": {"type": "string"}, "run": {"type": "string"}}, "required": ["subject", "run"]}

    assert proposed("records", schema, {}).body["body"] == {"subject.$": "$.first.subject", "run": None}
    assert proposed("run_end", schema, {}).body["body"] == {"subject": None, "run.$": "$.run.id"}


@pytest.mark.parametrize("schema", [{}, {"properties": 3}, {"properties": {"a": 3}}, {"required": "a"}])
def test_a_schema_of_any_shape_is_taken(schema):
    assert proposed("files", schema, {}).body == {"body": {}}


@pytest.mark.django_db
@pytest.mark.parametrize("button", ["save", "try"])
def test_where_no_template_is_written_one_is_proposed_and_nothing_done(mine, written, button):
    shown = mine.post("/triggers/new/files/", {**written, "input/body": "", "do": button})

    text = next(one.text for one in shown.context["view"].root.parts if one.name == "input/body")
    assert json.loads(text) == {"body": {"word": None}}
    assert [(place.name, place.why) for place in shown.context["proposed"].places] == [("word", "")]


@pytest.mark.django_db
def test_what_is_written_is_left_alone_until_one_asks(mine, written):
    shown = mine.post("/triggers/new/files/", {**written, "do": "look:input/flow_id"})

    assert (shown.context["proposed"], BODY in [one.text for one in shown.context["view"].root.parts]) == (None, True)


@pytest.mark.django_db
def test_the_form_begins_with_the_folder_and_the_flow_that_one_comes_from(mine, flow, beamline, raw):
    from_folder = mine.get(f"/collections/{beamline.pk}/?path=/raw/").context["ways"].watch
    view = mine.get(f"{from_folder}&flow={flow.pk}").context["view"]

    parts = {one.field.key: one for one in view.root.parts}
    assert (parts["place"].place, parts["place"].path, parts["flow_id"].place) == ("Beamline", "/raw/", "a flow")
    assert (parts["is_recursive"].is_on, parts["settle_s"].text, parts["batch"].parts[0].is_chosen) == (True, "5", True)


@pytest.mark.django_db
def test_a_folder_whose_name_is_no_text_cannot_be_watched_by_a_form(mine, beamline, root):
    (root / os.fsdecode(b"\xff")).mkdir()

    assert mine.get(f"/collections/{beamline.pk}/?path=/%25FF/").context["ways"].watch == ""
