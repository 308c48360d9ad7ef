"""Where a Map reads its items and writes its results: what is wrong is told at its place."""

import pytest

from apps.flows.language.checking import check, errors_of
from apps.flows.language.reading import read
from tests.flows.language.makers import done, machine

GET, LIST, PUT = (f"vitrine:collection:{verb}" for verb in ("getObject", "listObjects", "putObject"))
FILE = {"Bucket": "data", "Key": "items.csv"}
CSV = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
AT = "/States/A"


def mapping(**fields):
    return {**machine(A={"Type": "Map", "ItemProcessor": done("B"), "End": True, **fields}), "Version": "1.0"}


def reading(resource=GET, parameters=FILE, config=CSV, **more):
    return mapping(ItemReader={"Resource": resource, "Parameters": parameters, "ReaderConfig": config, **more})


def writing(**fields):
    return mapping(ResultWriter=fields)


RIGHT = [
    reading(),
    reading("arn:aws:states:::s3:getObject"),
    reading("/api/actions/collection/get_object"),
    reading("https://portal.example/api/actions/collection/get_object/run"),
    reading("/api/actions/transfer/ls", {"endpoint_id": "x", "path": "/"}, {"MaxItems": 3}),
    reading(LIST, {"Bucket": "data"}, {}),
    reading("arn:aws:states:::s3:listObjectsV2", {"Bucket.$": "$.b", "Prefix.$": "$.p"}, {"MaxItemsPath": "$.most"}),
    reading(LIST, {"Bucket": "data"}, {"Transformation": "LOAD_AND_FLATTEN", "InputType": "JSONL"}),
    reading(config={"InputType": "JSON", "ItemsPointer": "/all"}),
    reading(config={**CSV, "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a", "b"], "CSVDelimiter": "TAB"}),
    reading(config={"InputType": "MANIFEST", "ManifestType": "S3_INVENTORY"}),
    writing(Resource=PUT, Parameters={"Bucket": "data", "Prefix": "results"}),
    writing(
        Resource="arn:aws:states:::s3:putObject", Parameters={"Bucket": "data"}, WriterConfig={"OutputType": "JSONL"}
    ),
    writing(WriterConfig={"Transformation": "FLATTEN"}),
    mapping(ItemBatcher={"MaxItemsPerBatchPath": "$.n"}, Label="frames"),
]
WRONG = [
    (mapping(ItemReader=[]), "/ItemReader", "wrong-kind"),
    (mapping(ItemReader={}), "/ItemReader", "missing-field"),
    (reading("arn:aws:states:::dynamodb:getItem"), "/ItemReader/Resource", "not-supported"),
    (reading(PUT), "/ItemReader/Resource", "not-supported"),
    (reading("rubbish"), "/ItemReader/Resource", "bad-url"),
    (reading(parameters={"Bucket": "data"}), "/ItemReader/Parameters", "missing-field"),
    (reading(parameters={**FILE, "VersionId": "3"}), "/ItemReader/Parameters/VersionId", "unknown-field"),
    (reading(parameters={**FILE, "Kye.$": "$.x"}), "/ItemReader/Parameters/Kye.$", "unknown-field"),
    (reading(parameters={"Bucket.$": "b[", "Key": "k"}), "/ItemReader/Parameters/Bucket.$", "bad-intrinsic"),
    (reading(Arguments=FILE), "/ItemReader/Arguments", "wrong-language"),
    (reading(config={}), "/ItemReader/ReaderConfig", "missing-field"),
    (reading(config={"InputType": "CSV"}), "/ItemReader/ReaderConfig", "missing-field"),
    (reading(config={**CSV, "CSVHeaderLocation": "GIVEN"}), "/ItemReader/ReaderConfig", "missing-field"),
    (reading(config={**CSV, "CSVHeaders": ["a"]}), "/ItemReader/ReaderConfig", "exclusive-fields"),
    (
        reading(config={**CSV, "CSVHeaderLocation": "GIVEN", "CSVHeaders": "a"}),
        "/ItemReader/ReaderConfig/CSVHeaders",
        "wrong-kind",
    ),
    (reading(config={"InputType": "PARQUET"}), "/ItemReader/ReaderConfig/InputType", "wrong-word"),
    (reading(config={**CSV, "CSVDelimiter": ","}), "/ItemReader/ReaderConfig/CSVDelimiter", "wrong-word"),
    (reading(config={**CSV, "MaxItems": 0}), "/ItemReader/ReaderConfig/MaxItems", "out-of-range"),
    (reading(config={**CSV, "MaxItemsPath": "most"}), "/ItemReader/ReaderConfig/MaxItemsPath", "bad-path"),
    (reading(config={**CSV, "MaxItems": 1, "MaxItemsPath": "$.n"}), "/ItemReader/ReaderConfig", "exclusive-fields"),
    (reading(config={**CSV, "InputTyp": "CSV"}), "/ItemReader/ReaderConfig/InputTyp", "unknown-field"),
    (reading(LIST, {"Prefix": "x"}, {}), "/ItemReader/Parameters", "missing-field"),
    (
        reading(LIST, {"Bucket": "x"}, {"Transformation": "LOAD_AND_FLATTEN"}),
        "/ItemReader/ReaderConfig",
        "missing-field",
    ),
    (writing(), "/ResultWriter", "missing-field"),
    (writing(Resource=GET, Parameters=FILE), "/ResultWriter/Resource", "not-supported"),
    (writing(Resource="https://elsewhere.example/put"), "/ResultWriter/Resource", "not-supported"),
    (writing(Resource=PUT), "/ResultWriter", "missing-field"),
    (writing(Resource=PUT, Parameters={"Prefix": "x"}), "/ResultWriter/Parameters", "missing-field"),
    (writing(Parameters={"Bucket": "x"}, WriterConfig={}), "/ResultWriter", "missing-field"),
    (writing(WriterConfig={"Transformation": "NONE"}), "/ResultWriter/WriterConfig/Transformation", "wrong-word"),
    (writing(WriterConfig={"OutputType": "JSONL"}), "/ResultWriter/WriterConfig/OutputType", "wrong-word"),
    (writing(WriterConfig={"Transformation": "FLAT"}), "/ResultWriter/WriterConfig/Transformation", "wrong-word"),
    (mapping(ItemBatcher={"BatchInput": {}}), "/ItemBatcher", "missing-field"),
    (mapping(Label="x" * 41), "/Label", "bad-name"),
]
IGNORED = [
    (reading(config={"InputType": "JSON", "CSVDelimiter": "TAB"}), "/ItemReader/ReaderConfig/CSVDelimiter"),
    (reading(config={**CSV, "ItemsPointer": "/x"}), "/ItemReader/ReaderConfig/ItemsPointer"),
    (reading(config={**CSV, "Transformation": "NONE"}), "/ItemReader/ReaderConfig/Transformation"),
    (reading(LIST, {"Bucket": "x"}, CSV), "/ItemReader/ReaderConfig/InputType"),
    (reading("/api/actions/transfer/ls", {}, {"InputType": "JSON"}), "/ItemReader/ReaderConfig/InputType"),
]


@pytest.mark.parametrize("document", RIGHT)
def test_what_is_right_is_read(document):
    assert errors_of(document) == []
    assert read(document).root.states["A"].type == "Map"


@pytest.mark.parametrize(("document", "place", "code"), WRONG)
def test_what_is_wrong_is_told_at_its_place(document, place, code):
    assert [(error.pointer, error.code) for error in errors_of(document)] == [(AT + place, code)]


@pytest.mark.parametrize(("document", "place"), IGNORED)
def test_what_is_not_looked_at_is_warned_of(document, place):
    assert (AT + place, "ignored-field") in [(found.pointer, found.code) for found in check(document)]


def test_what_a_reader_is_given_may_be_nowhere_in_the_data():
    document = reading(parameters={"Bucket.$": "$.bukket", "Key": "k"}, config={**CSV, "MaxItemsPath": "$.many"})
    schema = {"type": "object", "properties": {"bucket": {"type": "string"}}, "additionalProperties": False}

    found = {finding.pointer for finding in check(document, schema) if finding.code == "unwritten-path"}

    assert found == {f"{AT}/ItemReader/Parameters/Bucket.$", f"{AT}/ItemReader/ReaderConfig/MaxItemsPath"}


def test_paths_to_items_are_of_what_was_read():
    document = reading(config={"InputType": "JSON"})
    document["States"]["A"]["ItemsPath"] = "$.all"
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}

    assert check(document, schema) == []
