"""Maps over what is read from a collection: read once, as the run's person, and settled before a branch begins."""

import pytest

from apps.flows import engine
from apps.flows import services as flows
from apps.flows.engine import acting
from apps.flows.models import Action, Branch
from tests.flows.actions.conftest import EVERYBODY
from tests.flows.conftest import HELLO, codes
from tests.transfer.conftest import here, make_place, source

__all__ = ["here", "make_place", "source"]
pytestmark = pytest.mark.django_db
GET = "vitrine:collection:getObject"
ALL = "States.ALL"
CSV = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
KEEP = {"StartAt": "Keep", "States": {"Keep": {"Type": "Pass", "End": True}}}


@pytest.fixture
def alice(alice):
    """She makes collections, so she administers the portal."""
    alice.is_superuser = True
    alice.save(update_fields=["is_superuser"])
    return alice


@pytest.fixture(autouse=True)
def rows(here):
    """The file that is read; called, it holds these rows from now on."""

    def rows(*names):
        (here / "items.csv").write_text("\n".join(["name", *names]))

    rows("a", "b", "c")
    return rows


def reading(config=CSV, resource=GET, parameters=None, *, more=None, **fields):
    reader = {"Resource": resource, "Parameters": parameters or {"Bucket": "source", "Key": "items.csv"}}
    mapping = {"Type": "Map", "ItemReader": {**reader, "ReaderConfig": config}, "ItemProcessor": KEEP, "End": True}
    return {"Each": {**mapping, **fields}, **(more or {})}


def named(*names):
    return [{"name": name} for name in names]


def test_a_map_goes_over_the_rows_of_a_file(run_of):
    run = run_of(reading(ResultPath="$.all"), {"x": 1})

    assert (run.status, run.output) == ("SUCCEEDED", {"x": 1, "all": named("a", "b", "c")})
    assert [code for code in codes(run) if code.startswith("Map")] == ["MapStarted", "MapItemsRead", "MapCompleted"]
    assert run.log.get(code="MapItemsRead").details["count"] == 3


def test_what_is_read_is_told_by_the_data(run_of):
    parameters = {"Bucket.$": "$.where", "Key.$": "States.Format('{}.csv', $.file)"}
    run = run_of(
        reading({**CSV, "MaxItemsPath": "$.most"}, "arn:aws:states:::s3:getObject", parameters),
        {"where": "source", "file": "items", "most": 2},
    )

    assert run.output == named("a", "b")


def test_items_are_selected_and_batched(run_of):
    fields = {
        "ItemSelector": {"n.$": "$$.Map.Item.Value.name", "i.$": "$$.Map.Item.Index", "x.$": "$.x"},
        "ItemBatcher": {"MaxItemsPerBatchPath": "$.x", "BatchInput": {"y.$": "$.x"}},
    }

    run = run_of(reading(**fields), {"x": 2})

    of = [{"n": name, "i": place, "x": 2} for place, name in enumerate("abc")]
    assert run.output == [{"BatchInput": {"y": 2}, "Items": items} for items in (of[:2], of[2:])]


def test_paths_of_items_are_of_what_was_read(run_of, here):
    (here / "told.json").write_text('{"found": {"all": [1, 2, 3]}}')
    parameters = {"Bucket": "source", "Key": "told.json"}

    run = run_of(reading({"InputType": "JSON", "MaxItems": 2}, parameters=parameters, ItemsPath="$.found.all"))

    assert run.output == [1, 2]


def test_any_action_may_read_items(run_of, source):
    parameters = {"endpoint_id": str(source.pk), "path": "/"}
    selector = {"name.$": "$$.Map.Item.Value.name"}
    fields = {"ItemsPath": "$.DATA", "ItemSelector": selector}

    run = run_of(reading({"MaxItems": 5}, "/api/actions/transfer/ls", parameters, **fields))

    assert run.output == named("items.csv")


def test_a_file_without_rows_is_a_map_without_branches(run_of, rows):
    rows()

    assert run_of(reading()).output == []


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (reading(parameters={"Bucket": "source", "Key": "none.csv"}), "no file"),
        (reading(parameters={"Bucket": "nowhere", "Key": "items.csv"}), "no collection"),
        (reading({"InputType": "JSON"}), "no JSON"),
        (reading({"MaxItems": 5}, "/api/actions/hello_world", {"echo_string": "hi"}), "no list"),
    ],
)
def test_what_cannot_be_read_is_an_error_of_its_own(run_of, states, words):
    run = run_of(states)

    assert (run.status, run.error_name) == ("FAILED", "States.ItemReaderFailed")
    assert words in run.error_cause


def test_a_file_is_read_as_the_person_whose_run_it_is(start, carry, bob):
    run = carry(start(reading(), actor=bob, roles={"starter": EVERYBODY}))

    assert (run.status, run.error_name) == ("FAILED", "States.ItemReaderFailed")
    assert Action.objects.get().user == bob


def test_reading_is_tried_again_and_then_caught(start, carry, clock, here):
    (here / "items.csv").unlink()
    retry = {"ErrorEquals": ["States.ItemReaderFailed"], "IntervalSeconds": 5, "MaxAttempts": 1}
    catch = {"ErrorEquals": [ALL], "Next": "Mend", "ResultPath": "$.why"}
    mend = {"Mend": {"Type": "Pass", "OutputPath": "$.why.Error", "End": True}}
    run = carry(start(reading(Retry=[retry], Catch=[catch], more=mend)))
    assert (run.status, Action.objects.count()) == ("ACTIVE", 1)

    clock.forward(5)

    assert carry(run).output == "States.ItemReaderFailed"
    assert Action.objects.count() == 2


def test_what_was_read_stays_whatever_becomes_of_the_file(start, carry, clock, rows):
    slow = {"StartAt": "Slow", "States": {"Slow": {**HELLO, "Parameters": {"sleep_time": 10}, "ResultPath": None}}}
    run = carry(start(reading(ItemProcessor=slow, MaxConcurrency=1)))
    rows("x", "y")

    for _ in range(3):
        clock.forward(10)
        run = carry(run)

    assert (run.status, run.output) == ("SUCCEEDED", named("a", "b", "c"))
    assert Action.objects.filter(provider="collection/get_object").count() == 1


def test_who_dies_before_the_items_are_settled_has_begun_no_branch(start, carry, clock, rows, monkeypatch):
    """As if the process died with the rows in its hands: another reads anew, and nobody knows of the first."""
    run = start(reading())
    clock.forward(1)
    with monkeypatch.context() as dying:
        dying.setattr(acting, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            engine.advance(run.pk, clock, lambda action: None)
    assert Branch.objects.filter(run=run).count() == 1
    rows("x")
    assert carry(run).status == "ACTIVE", "it is in the hands of the dead one"

    clock.forward(20)

    run = carry(run)
    assert (run.status, run.output) == ("SUCCEEDED", named("x"))
    action = Action.objects.get()
    assert (action.attempts, action.visit) == (2, 1)


def test_a_run_that_failed_in_reading_reads_when_it_is_driven_again(start, carry, alice, here, rows):
    (here / "items.csv").unlink()
    run = carry(start(reading()))
    assert run.status == "FAILED"
    rows("a")

    flows.redrive_run(run=run, actor=alice)

    assert carry(run).output == named("a")


def test_a_run_that_failed_in_a_branch_does_not_read_again(start, carry, alice, rows):
    choose = {
        "Type": "Choice",
        "Choices": [{"Variable": "$.name", "StringEquals": "b", "Next": "Bad"}],
        "Default": "OK",
    }
    inner = {"Is": choose, "Bad": {"Type": "Fail", "Error": "Oops"}, "OK": {"Type": "Succeed"}}
    run = carry(start(reading(ItemProcessor={"StartAt": "Is", "States": inner})))
    assert run.error_name == "Oops"
    rows("x", "y", "z")

    flows.redrive_run(run=run, actor=alice)

    assert carry(run).error_name == "Oops"
    assert Action.objects.count() == 1


def test_a_canceled_run_reads_no_more(start, carry, alice, clock):
    run = start(reading())
    flows.cancel_run(run=run, actor=alice)

    assert carry(run).error_name == "FlowCanceled"
    assert not Action.objects.exists()


def test_jsonata_goes_over_what_was_read(run_of):
    reader = {"Resource": GET, "Arguments": {"Bucket": "source", "Key": "{% $states.input.file %}"}}
    states = {
        "Each": {
            "Type": "Map",
            "ItemReader": {**reader, "ReaderConfig": {**CSV, "MaxItems": "{% 1 + 2 %}"}},
            "Items": "{% $states.result[name != 'a'] %}",
            "ItemProcessor": KEEP,
            "End": True,
        }
    }

    run = run_of(states, {"file": "items.csv"}, QueryLanguage="JSONata")

    assert run.output == named("b", "c"), run.error_cause


def test_a_simulation_is_told_what_is_read_and_what_is_written(alice):
    writer = {"Resource": "vitrine:collection:putObject", "Parameters": {"Bucket": "source"}}
    definition = {"StartAt": "Each", "States": reading(ResultWriter=writer, ResultSelector={"n.$": "$.n"})}
    answers = [{"items": named("a", "b")}, {"n": 2}]
    told = flows.begin_simulation(definition=definition, schema={}, input={}, actor=alice)

    while told.ended is None:
        told = flows.simulation_from_json(flows.simulation_as_json(told), definition)
        flows.step_simulation(told, ending="succeeded", details=answers.pop(0) if told.waiting else None)

    assert told.ended.output == {"n": 2}
    assert [entry.code for _, _, entry in told.entries].count("PassCompleted") == 2
