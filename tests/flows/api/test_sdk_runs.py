"""The field's own client starts runs, watches and steers them; its own answers say how ours look."""

import uuid

import pytest
from globus_sdk.gare import to_gare
from globus_sdk.testing import get_response_set
from globus_sdk.testing.data.flows._common import FLOW_DESCRIPTION, RUN, RUN_DETAILS
from globus_sdk.testing.data.flows.get_run_logs import RUN_LOGS_RESPONSE

from apps.flows.models import Run
from tests.api.oracle import differences
from tests.flows.api.conftest import NAP, ONE, example, refused, unlike
from tests.flows.conftest import HELLO

pytestmark = pytest.mark.django_db(transaction=True)
REQUEST = dict(get_response_set("flows.run_flow").metadata["request_params"])
INPUT = REQUEST.pop("body")
BOOL = {"type": "object", "properties": {"bool": {"type": "boolean"}}, "required": ["bool"]}
POLICY = "activity_notification_policy"
GREET = {"Greet": {**HELLO, "ResultPath": "$.HelloResult"}}


@pytest.fixture
def begin(sdk, alice, make_flow):
    """Start a run of these states by the SDK; gives the document."""

    def begin(states=ONE["States"], input=None, *, schema=None, **told):
        return sdk(alice, make_flow(states, schema=schema).pk).run_flow(input or {}, **told).data

    return begin


@pytest.fixture
def done(begin, carry):
    """Start a run, and do all of it that is due now."""

    def done(*states_and_input, **told):
        run = begin(*states_and_input, **told)
        carry(Run.objects.get(pk=run["run_id"]))
        return run["run_id"]

    return done


def test_a_run_is_told_with_what_was_said_of_it(begin, alice, urn_of):
    run = begin(ONE["States"], INPUT, **REQUEST)

    told = {name: value for name, value in example("run_flow").items() if name != "search"}
    assert unlike(run, told) == []
    assert {name: run[name] for name in REQUEST} == REQUEST
    assert run["details"]["details"]["input"] == INPUT
    assert (run["status"], run["completion_time"]) == ("ACTIVE", None)
    assert (run["run_owner"], run["user_role"], run["user_roles"]) == (urn_of(alice), "run_owner", ["run_owner"])


def test_a_run_that_succeeded_tells_its_output(sdk, alice, done):
    principals = {name: REQUEST[name] for name in ("run_managers", "run_monitors")}
    run_id = done(GREET, {"word": "foo", "input": {}}, label="Mine", tags=["a"], **principals)

    run = sdk(alice).get_run(run_id, include_flow_description=True)

    assert unlike({**run.data, "details": {}}, {**RUN, "details": {}}) == []
    assert unlike(run["flow_description"], {**FLOW_DESCRIPTION, "keywords": []}) == []
    greeted = {**RUN_DETAILS["output"]["HelloResult"], "manage_by": [], "monitor_by": []}
    assert differences(run["details"]["output"]["HelloResult"], greeted) == []
    assert run["details"]["code"] == "FlowSucceeded"
    assert "flow_description" not in sdk(alice).get_run(run_id, include_flow_description=False).data


def test_a_run_that_failed_tells_why(sdk, alice, done):
    run_id = done({"Oops": {"Type": "Fail", "Error": "Oops", "Cause": "as told"}})

    run = sdk(alice).get_run(run_id)

    assert (run["status"], run["details"]["code"]) == ("FAILED", "FlowFailed")
    assert run["details"]["details"] == {"Error": "Oops", "Cause": "as told"}


def test_the_log_is_read_from_either_end(sdk, alice, done):
    run_id = done({"Greet": HELLO}, {"word": "sync!"})
    log = sdk(alice).get_run_logs(run_id)
    codes = ["FlowStarted", "ActionStarted", "ActionCompleted", "FlowSucceeded"]

    assert [line["code"] for line in log] == codes
    assert (
        differences(log.data, {**RUN_LOGS_RESPONSE, "entries": [{**RUN_LOGS_RESPONSE["entries"][0], "details": {}}]})
        == []
    )
    pages = list(sdk(alice).paginated.get_run_logs(run_id, limit=3, reverse_order=True))
    assert [[line["code"] for line in page] for page in pages] == [codes[:0:-1], codes[:1]]
    assert [page["has_next_page"] for page in pages] == [True, False]
    assert refused(sdk(alice).get_run_logs, run_id, limit=101)[0] == 422


def test_runs_are_listed_page_by_page(sdk, alice, make_flow):
    flow = make_flow(ONE["States"])
    client = sdk(alice, flow.pk)
    ids = [client.run_flow({}, label=f"{n:02}")["run_id"] for n in range(23)]

    pages = list(sdk(alice).paginated.list_runs(filter_flow_id=flow.pk, query_params={"orderby": "label ASC"}))

    assert [run["run_id"] for page in pages for run in page] == ids
    assert [(len(page["runs"]), page["has_next_page"]) for page in pages] == [(20, True), (3, False)]
    assert set(example("list_runs")) == set(pages[0].data)
    assert set(RUN) <= set(pages[0]["runs"][0])


def test_a_run_keeps_the_definition_that_it_began_with(sdk, alice, begin):
    run = begin(NAP["States"], {"bool": True}, schema=BOOL)
    sdk(alice).update_flow(run["flow_id"], definition=ONE, input_schema={})

    told = sdk(alice).get_run_definition(run["run_id"])

    assert told.data == {"flow_id": run["flow_id"], "definition": NAP, "input_schema": BOOL}


def test_a_run_is_renamed_and_shared(sdk, alice, begin, urn_of, bob):
    run = begin(label="old", tags=["one"])

    changed = sdk(alice).update_run(run["run_id"], label="new", tags=["two ", "two"], run_monitors=[urn_of(bob)])

    assert set(example("update_run")) - set(changed.data) == {"search"}
    assert (changed["label"], changed["tags"], changed["run_monitors"]) == ("new", ["two"], [urn_of(bob)])
    assert sdk(bob).get_run(run["run_id"])["label"] == "new"


def test_a_run_is_canceled_and_then_deleted(sdk, alice, begin, carry):
    run_id, client = begin(NAP["States"])["run_id"], sdk(alice)
    assert refused(client.delete_run, run_id) == (409, "STATE_CONFLICT")

    assert client.cancel_run(run_id).http_status == 202
    carry(Run.objects.get(pk=run_id))

    canceled = client.get_run(run_id)
    assert (canceled["status"], canceled["details"]["code"]) == ("FAILED", "FlowCanceled")
    assert differences(canceled["details"], example("cancel_run")["details"]) == []
    assert refused(client.cancel_run, run_id) == (409, "STATE_CONFLICT")
    assert client.delete_run(run_id)["run_id"] == run_id
    assert refused(client.get_run, run_id) == (404, "RUN_NOT_FOUND")


def test_a_run_that_waits_for_its_owner_says_what_for_and_is_resumed(sdk, alice, begin):
    run = begin(NAP["States"])
    needed = {"code": "ConsentRequired", "description": "Let it", "required_scopes": ["urn:x"]}
    Run.objects.filter(pk=run["run_id"]).update(status="INACTIVE", halt=needed)

    asked = to_gare(sdk(alice).get_run(run["run_id"])["details"])
    assert (asked.code, asked.authorization_parameters.required_scopes) == ("ConsentRequired", ["urn:x"])
    resumed = sdk(alice, run["flow_id"]).resume_run(run["run_id"])

    assert resumed["run_id"] == run["run_id"]
    assert Run.objects.get(pk=run["run_id"]).halt is None


def test_an_input_that_the_flow_does_not_take_is_refused_by_its_places(sdk, alice, make_flow):
    client = sdk(alice, make_flow(ONE["States"], schema=BOOL).pk)

    assert client.validate_run({"bool": True}).data == example("validate_run")
    for call in (client.validate_run, client.run_flow):
        with pytest.raises(client.error_class) as error:
            call({"bool": "not-a-boolean"})
        said, expected = error.value.raw_json["error"], example("validate_run", "invalid_input_payload")["error"]
        assert (error.value.http_status, said["code"], said["message"]) == (400, expected["code"], expected["message"])
        assert said["detail"][0].items() >= {"loc": ["$.bool"], "type": "InvalidActionInput"}.items()
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({}, ["body"]),
        ({"body": []}, ["body"]),
        ({"body": {}, "label": "x" * 65}, ["label"]),
        ({"body": {}, "tags": ["x"] * 11}, ["tags"]),
        ({"body": {}, "run_managers": ["public"]}, ["run_managers", 0]),
        (
            {"body": {}, "activity_notification_policy": {"status": ["ACTIVE"]}},
            ["activity_notification_policy", "status", 0],
        ),
        ({"body": {}, "tag": []}, ["tag"]),
    ],
)
def test_a_bad_field_of_a_run_is_named(ask, alice, make_flow, told, place):
    said = ask(alice, "POST", f"flows/{make_flow(ONE['States']).pk}/run", told, status=422)

    assert [one["loc"] for one in said["error"]["detail"]] == [place]


def test_what_is_no_run_is_not_found(sdk, alice):
    client = sdk(alice)

    for run_id in ("nothing", uuid.uuid4()):
        for call in (
            client.get_run,
            client.get_run_logs,
            client.get_run_definition,
            client.cancel_run,
            client.delete_run,
        ):
            assert refused(call, run_id) == (404, "RUN_NOT_FOUND")
        assert refused(client.post, f"/runs/{run_id}/resume") == (404, "RUN_NOT_FOUND")
