"""The field's own client makes, finds, changes and deletes flows; its own answers say how ours look."""

import uuid

import globus_sdk
import pytest
from globus_sdk.testing import get_response_set
from globus_sdk.testing.data.flows.list_flows import generate_hello_world_example_flow

from tests.api.oracle import differences
from tests.flows.api.conftest import ONE, example, refused, unlike

pytestmark = pytest.mark.django_db(transaction=True)
HELLO = generate_hello_world_example_flow(1)
HOP = get_response_set("flows.create_flow").metadata["params"]


def test_a_flow_is_made_as_the_service_says_it(sdk, alice, urn_of):
    made = sdk(alice).create_flow(**HOP)

    assert made.http_status == 201
    assert unlike(made.data, example("create_flow")) == []
    assert {name: made[name] for name in HOP} == HOP
    assert (made["flow_owner"], made["user_role"]) == (urn_of(alice), "flow_owner")
    assert made["globus_auth_scope"] == globus_sdk.SpecificFlowClient(made["id"]).scopes.user.scope_string


def test_a_flow_is_read_changed_and_deleted(sdk, alice):
    flows = sdk(alice)
    made = flows.create_flow(**HOP)
    assert flows.get_flow(made["id"]).data == made.data

    changed = flows.update_flow(made["id"], title="Another", definition=ONE)
    assert (changed["title"], changed["definition"]) == ("Another", ONE)
    assert changed["flow_starters"] == made["flow_starters"]
    assert changed["updated_at"] > made["updated_at"]
    assert unlike(changed.data, example("update_flow")) == []

    gone = flows.delete_flow(made["id"])
    assert unlike(gone.data, example("delete_flow")) == []
    assert refused(flows.get_flow, made["id"]) == (404, "FLOW_NOT_FOUND")
    assert refused(flows.delete_flow, made["id"]) == (404, "FLOW_NOT_FOUND")


def test_a_document_that_was_read_may_be_sent_back(sdk, alice):
    flows = sdk(alice)
    made = flows.create_flow(**HOP).data

    sent = flows.put(f"/flows/{made['id']}", data={**made, "subtitle": "Hop, hop"})

    assert sent["subtitle"] == "Hop, hop"
    assert sent.data == {**made, "subtitle": "Hop, hop", "updated_at": sent["updated_at"]}


def test_flows_are_listed_page_by_page(sdk, alice, make_flow):
    ids = [str(make_flow(ONE["States"]).pk) for _ in range(25)]
    flows = sdk(alice)

    pages = list(flows.paginated.list_flows(orderby="created_at ASC"))

    assert [one["id"] for page in pages for one in page] == ids
    assert [(len(page["flows"]), page["limit"], page["has_next_page"]) for page in pages] == [
        (20, 20, True),
        (5, 20, False),
    ]
    assert set(pages[0].data) == set(example("list_flows"))
    assert unlike(pages[0]["flows"][0], HELLO) == []


def test_a_definition_is_only_looked_at(sdk, alice):
    told = get_response_set("flows.validate_flow").metadata

    checked = sdk(alice).validate_flow(told["success"])

    assert {"scopes": checked["scopes"]} == example("validate_flow")
    with pytest.raises(globus_sdk.FlowsAPIError) as error:
        sdk(alice).validate_flow(told["invalid"])
    said, expected = error.value.raw_json, example("validate_flow", "definition_error")
    assert (error.value.http_status, error.value.code) == (422, "UNPROCESSABLE_ENTITY")
    assert differences(said, expected) == []
    assert said["error"]["detail"][0]["loc"] == expected["error"]["detail"][0]["loc"]


def test_what_is_legal_and_usually_wrong_is_told_and_no_hindrance(sdk, alice):
    wipes = {"Type": "Action", "ActionUrl": "https://actions.globus.org/hello_world", "Parameters": {}, "End": True}

    checked = sdk(alice).validate_flow({"StartAt": "Greet", "States": {"Greet": wipes}})

    assert checked["scopes"] == {"User": ["https://auth.globus.org/scopes/actions.globus.org/hello_world"]}
    assert all(set(one) == {"loc", "msg", "type"} for one in checked["warnings"])


def test_everything_that_is_wrong_with_a_document_is_told_at_once(sdk, alice):
    with pytest.raises(globus_sdk.FlowsAPIError) as error:
        sdk(alice).create_flow("", ONE, {}, flow_administrators=["public", "alice"], keywords=["x" * 2000], subtitle=7)

    expected = example("create_flow", "bad_admin_principal_error")
    said = error.value.raw_json
    assert (error.value.http_status, error.value.code) == (422, "UNPROCESSABLE_ENTITY")
    assert set(said) == set(expected)
    places = [one["loc"] for one in said["error"]["detail"]]
    assert places == [["title"], ["subtitle"], ["keywords", 0], ["flow_administrators", 0], ["flow_administrators", 1]]


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"definition": None}, ["definition"]),
        ({"definition": {"StartAt": "Two", "States": ONE["States"]}}, ["definition", "StartAt"]),
        ({"input_schema": {"type": "objekt"}}, ["input_schema", "type"]),
        ({"input_schema": {"$ref": "http://127.0.0.1:9/secret"}}, ["input_schema"]),
        ({"flow_viewers": ["all_authenticated_users"]}, ["flow_viewers", 0]),
        ({"flow_starters": "public"}, ["flow_starters"]),
        ({"flow_viewer": []}, ["flow_viewer"]),
        ({"title": "\ud800"}, ["title"]),
        ({"title": "a\0b"}, ["title"]),
        ({"subscription_id": "mine"}, ["subscription_id"]),
        ({"authentication_policy_id": str(uuid.uuid4())}, ["authentication_policy_id"]),
    ],
)
def test_a_bad_field_is_named(ask, alice, changed, place):
    told = {"title": "a flow", "definition": ONE, "input_schema": {}}

    said = ask(alice, "POST", "flows", told | changed, status=422)

    assert [one["loc"] for one in said["error"]["detail"]] == [place]
    assert said["error"]["code"] == "UNPROCESSABLE_ENTITY"


def test_what_is_no_flow_is_not_found(sdk, alice):
    assert refused(sdk(alice).get_flow, "nothing") == (404, "FLOW_NOT_FOUND")
    assert refused(sdk(alice).get_flow, uuid.uuid4()) == (404, "FLOW_NOT_FOUND")
    assert refused(sdk(alice).get, "/nothing") == (404, "NOT_FOUND")
    assert refused(sdk(alice).post, "/runs") == (405, "METHOD_NOT_ALLOWED")


def test_a_flow_with_a_subscription_is_a_flow(sdk, alice):
    made = sdk(alice).create_flow("a flow", ONE, {}, subscription_id=str(uuid.uuid4()))

    assert sdk(alice).update_flow(made["id"], subscription_id="DEFAULT")["subscription_id"] is None


def test_no_policy_can_be_named_and_none_may_be_said(sdk, alice):
    made = sdk(alice).create_flow("a flow", ONE, {}, authentication_policy_id=None)
    same = sdk(alice).update_flow(made["id"], authentication_policy_id=None)

    assert (made["authentication_policy_id"], same["authentication_policy_id"]) == (None, None)
    refusal = refused(sdk(alice).update_flow, made["id"], authentication_policy_id=uuid.uuid4())
    assert refusal == (422, "UNPROCESSABLE_ENTITY")


def test_there_are_no_registered_apis(sdk, alice):
    listed = sdk(alice).list_registered_apis()

    assert {**listed.data, "limit": 1} == {"registered_apis": [], "limit": 1, "has_next_page": False, "marker": None}
    assert refused(sdk(alice).get_registered_api, uuid.uuid4()) == (404, "NOT_FOUND")
