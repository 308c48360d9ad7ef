"""Maps whose results are written into a collection: whole, in order, and once, whoever dies."""

import json

import pytest

from apps.flows import engine
from apps.flows import services as flows
from apps.flows.actions.objects import piles
from apps.flows.engine import acting
from apps.flows.models import Action
from tests.flows.actions.conftest import EVERYBODY
from tests.flows.test_items import ALL, alice, reading
from tests.transfer.conftest import destination, here, make_place, source, there

__all__ = ["alice", "destination", "here", "make_place", "source", "there"]
pytestmark = pytest.mark.django_db
PUT = "vitrine:collection:putObject"
CHOOSE = {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 0, "Next": "Bad"}], "Default": "Keep"}
KEEP = {"Type": "Pass", "Parameters": {"twice.$": "States.Array($.n, $.n)"}, "OutputPath": "$.twice", "End": True}
BAD = {"Type": "Fail", "Error": "Below", "Cause": "nothing"}
TWICE = {"StartAt": "Is", "States": {"Is": CHOOSE, "Keep": KEEP, "Bad": BAD}}


@pytest.fixture(autouse=True)
def places(destination):
    """Where results go is there."""


def writing(config=None, resource=PUT, *, more=None, prefix="out/here", **fields):
    parameters = {"Bucket": "destination", **({"Prefix": prefix} if prefix else {})}
    told = {"WriterConfig": config} if config else {}
    mapping = {"Type": "Map", "ItemsPath": "$.all", "ItemProcessor": TWICE, "End": True, "ToleratedFailureCount": 9}
    return {
        "Each": {**mapping, "ResultWriter": {"Resource": resource, "Parameters": parameters, **told}, **fields},
        **(more or {}),
    }


def given(*numbers):
    return {"all": [{"n": number} for number in numbers]}


def read_all(there, details):
    """The manifest, and what is in the files that it names."""
    manifest = json.loads((there / details["ResultWriterDetails"]["Key"]).read_text())
    files = manifest["ResultFiles"]
    assert all((there / one["Key"]).stat().st_size == one["Size"] for kind in files.values() for one in kind)
    return manifest, {kind: [(there / one["Key"]).read_text() for one in files[kind]] for kind in files}


def test_results_are_written_with_a_manifest_that_names_them(run_of, there, destination):
    run = run_of(writing(Label="twice", ResultPath="$.done"), given(1, -1, 2))

    assert run.status == "SUCCEEDED", run.error_cause
    manifest, files = read_all(there, run.output["done"])
    assert manifest["DestinationBucket"] == str(destination.pk)
    assert f"{run.flow_id}/twice:" in manifest["MapRunArn"] == run.output["done"]["MapRunArn"]
    told, failed = (json.loads(files[kind][0]) for kind in ("SUCCEEDED", "FAILED"))
    assert [(one["Name"], json.loads(one["Input"]), json.loads(one["Output"])) for one in told] == [
        ("0", {"n": 1}, [1, 1]),
        ("2", {"n": 2}, [2, 2]),
    ]
    assert [(one["Status"], one["Error"], one["Cause"]) for one in failed] == [("FAILED", "Below", "nothing")]


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ({"Transformation": "COMPACT"}, "[[1, 1],\n[2, 2]]\n"),
        ({"Transformation": "FLATTEN"}, "[1,\n1,\n2,\n2]\n"),
        ({"Transformation": "COMPACT", "OutputType": "JSONL"}, "[1, 1]\n[2, 2]\n"),
        ({"Transformation": "FLATTEN", "OutputType": "JSONL"}, "1\n1\n2\n2\n"),
    ],
)
def test_results_have_the_form_that_is_asked_for(run_of, there, config, text):
    run = run_of(writing(config, "arn:aws:states:::s3:putObject"), given(1, 2))

    _, files = read_all(there, run.output)
    assert files == {"SUCCEEDED": [text], "FAILED": [], "PENDING": []}


def test_without_a_resource_the_results_are_those_of_the_state_in_another_form(run_of):
    states = writing()
    states["Each"]["ResultWriter"] = {"WriterConfig": {"Transformation": "FLATTEN"}}

    run = run_of(states, given(1, -1, 2))

    assert run.output == [1, 1, {"Error": "Below", "Cause": "nothing"}, 2, 2]


def test_batches_are_results_of_their_own(run_of, there):
    keep = {"StartAt": "Keep", "States": {"Keep": {"Type": "Pass", "OutputPath": "$.Items", "End": True}}}
    fields = {"ItemBatcher": {"MaxItemsPerBatch": 2}, "ItemProcessor": keep, "prefix": ""}

    run = run_of(writing({"Transformation": "COMPACT"}, **fields), given(1, 2, 3))

    _, files = read_all(there, run.output)
    assert json.loads(files["SUCCEEDED"][0]) == [[{"n": 1}, {"n": 2}], [{"n": 3}]]
    assert run.output["ResultWriterDetails"]["Key"].count("/") == 1


def test_a_map_over_nothing_writes_a_manifest(run_of, there):
    _, files = read_all(there, run_of(writing(), given()).output)

    assert files == {"SUCCEEDED": [], "FAILED": [], "PENDING": []}


@pytest.mark.parametrize("output_type", ["JSON", "JSONL"])
def test_results_of_one_map_are_read_by_another(run_of, output_type):
    parameters = {"Bucket": "destination", "Key.$": "$.ResultWriterDetails.Key"}
    follow = reading({"InputType": "MANIFEST"}, parameters=parameters)["Each"]
    inner = {"StartAt": "On", "States": {"On": {"Type": "Pass", "End": True}}}
    first = writing({"Transformation": "FLATTEN", "OutputType": output_type})["Each"]
    first = {name: value for name, value in first.items() if name != "End"}

    run = run_of({"Each": {**first, "Next": "Again"}, "Again": {**follow, "ItemProcessor": inner}}, given(1, -1, 2))

    assert run.output == [1, 1, 2, 2], run.error_cause


def test_who_may_not_write_fails_with_an_error_of_its_own_that_can_be_caught(start, carry, bob, there):
    catch = {"ErrorEquals": [ALL], "Next": "Mend"}
    more = {"Mend": {"Type": "Pass", "OutputPath": "$.Error", "End": True}}

    run = carry(start(writing(Catch=[catch], more=more), given(1), actor=bob, roles={"starter": EVERYBODY}))

    assert run.output == "States.ResultWriterFailed"
    assert not list(there.iterdir())


def test_results_that_are_too_large_are_refused(run_of, monkeypatch):
    monkeypatch.setattr(piles, "MOST_MIB", 0)

    run = run_of(writing(), given(1))

    assert run.error_name == "States.ResultWriterFailed"
    assert "Let each branch give less" in run.error_cause


def test_who_dies_after_writing_has_another_write_the_same_files(start, carry, clock, there, monkeypatch):
    run = start(writing(), given(1, 2))
    clock.forward(1)
    with monkeypatch.context() as dying:
        dying.setattr(acting, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            engine.advance(run.pk, clock, lambda action: None)
    written = sorted(there.rglob("*"))
    assert len(written) == 5
    (written[-1].parent / f".vitrine-{'a' * 32}.part").touch()

    clock.forward(20)
    run = carry(run)

    assert run.status == "SUCCEEDED"
    assert sorted(there.rglob("*")) == written
    assert Action.objects.get().attempts == 2


def test_a_run_that_failed_in_writing_writes_when_it_is_driven_again(start, carry, alice, there):
    states = writing(ItemProcessor={"StartAt": "Keep", "States": {"Keep": KEEP}})
    (there / "out").write_text("no folder")
    run = carry(start(states, given(1, 2)))
    assert run.error_name == "States.ResultWriterFailed", run.output
    (there / "out").unlink()

    flows.redrive_run(run=run, actor=alice)
    run = carry(run)

    _, files = read_all(there, run.output)
    assert [json.loads(one["Output"]) for one in json.loads(files["SUCCEEDED"][0])] == [[1, 1], [2, 2]]
    assert run.log.filter(code="PassStarted").count() == 2, "the branches were not begun again"


def test_a_value_is_written_by_itself(run_of, there):
    body = {"Bucket": "destination", "Key": "notes/one.json", "Body.$": "$.all"}
    write = {"Type": "Task", "Resource": PUT, "Parameters": body, "End": True}

    run = run_of({"Write": write}, given(1))

    assert run.output["Key"] == "notes/one.json", run.error_cause
    assert json.loads((there / "notes/one.json").read_text()) == [{"n": 1}]


def test_where_there_is_no_map_there_are_no_results(run_of):
    run = run_of({"Write": {"Type": "Task", "Resource": PUT, "Parameters": {"Bucket": "destination"}, "End": True}})

    assert (run.status, run.error_name) == ("FAILED", "States.TaskFailed")
    assert "no results of a Map" in run.error_cause
