"""The field's own client finds the questions of runs, and answers them; its own answers say how ours look."""

import uuid

import pytest

from apps.flows import services as flows
from apps.flows.models import WebInput
from tests.api.oracle import differences
from tests.flows.api.conftest import example, refused

pytestmark = pytest.mark.django_db(transaction=True)
NO_INPUT, NO_ENTRY = (404, "NOT_FOUND"), (403, "FORBIDDEN")


@pytest.fixture
def ask_people(make_flow, alice, carry):
    """Start a run that asks whether to publish; gives the question."""

    def ask_people(respondents, viewers=(), title="Publish it?"):
        told = {"title": title, "text": "All went well.", "options": [{"name": "Yes"}, {"name": "No"}]}
        told |= {"respondents": respondents, "viewers": list(viewers), "notify": False}
        ask = {"Type": "Action", "ActionUrl": "/api/actions/user/selection", "Parameters": told, "ResultPath": "$.said"}
        flow = make_flow({"Ask": {**ask, "End": True}})
        run = carry(flows.start_run(flow=flow, actor=alice, input={}, told=flows.RunChanges(label="Night")))
        return WebInput.objects.get(action__run=run)

    return ask_people


def test_a_question_is_found_looked_at_and_answered(sdk, ask_people, alice, bob, carry, team_urn, urn_of):
    question, client = ask_people([team_urn], [urn_of(alice)]), sdk(bob)

    listed = client.list_web_inputs()
    assert differences(listed.data, example("list_web_inputs")) == []
    assert [one["id"] for one in listed] == [str(question.pk)]
    told = client.get_web_input(question.pk)
    assert differences(told.data, example("get_web_input")) == []
    assert told["options"][0]["label"] == "Yes"
    assert sdk(alice).get_run(told["run"]["id"])["blocking_web_input_id"] == str(question.pk)

    said = client.respond_to_web_input(question.pk, value=told["options"][1]["option_id"])

    assert said.data == example("respond_to_web_input")
    run = carry(question.action.run)
    assert (run.status, run.output["said"]["details"]["name"]) == ("SUCCEEDED", "No")
    assert refused(client.respond_to_web_input, question.pk, value=told["options"][0]["option_id"]) == (
        409,
        "STATE_CONFLICT",
    )
    closed = client.get_web_input(question.pk).data
    assert differences(closed, example("get_web_input", "closed")) == []
    assert [one["id"] for one in client.list_web_inputs(filter_states="closed")] == [str(question.pk)]
    assert list(client.list_web_inputs()) == []


def test_an_answer_that_is_none_of_the_options_is_refused(sdk, ask_people, bob, urn_of):
    question = ask_people([urn_of(bob)])

    for value in ("not-a-real-option", str(uuid.uuid4()), 7, None):
        assert refused(sdk(bob).respond_to_web_input, question.pk, value=value) == (422, "UNPROCESSABLE_ENTITY")
    assert refused(sdk(bob).post, f"/web_inputs/{question.pk}/respond", data={}) == (422, "UNPROCESSABLE_ENTITY")
    question.refresh_from_db()
    assert question.is_open


def test_who_only_views_a_question_does_not_answer_it_and_strangers_know_of_none(
    sdk, ask_people, bob, charlie, alice, urn_of
):
    question = ask_people([urn_of(alice)], [urn_of(bob)])
    answer = {"value": str(question.options.first().pk)}

    assert refused(sdk(bob).respond_to_web_input, question.pk, **answer) == NO_ENTRY
    assert sdk(bob).get_web_input(question.pk)["user_roles"] == ["viewer"]
    assert refused(sdk(charlie).respond_to_web_input, question.pk, **answer) == NO_INPUT
    assert refused(sdk(charlie).get_web_input, question.pk) == NO_INPUT
    assert list(sdk(charlie).list_web_inputs()) == []
    assert refused(sdk(bob).get_web_input, "nothing") == NO_INPUT


def test_questions_are_filtered_ordered_and_paged(sdk, ask_people, bob, urn_of):
    one, two, three = (ask_people([], [urn_of(bob)], title) for title in ("one", "two", "three"))
    client = sdk(bob)

    def titles(**asked):
        return [found["title"] for page in client.paginated.list_web_inputs(**asked) for found in page]

    assert titles(orderby="created_timestamp ASC", per_page=2) == ["one", "two", "three"]
    assert titles(orderby=["closed_timestamp DESC", "created_timestamp DESC"], per_page=1) == ["three", "two", "one"]
    assert titles(filter_run_ids=[one.action.run_id]) == ["one"]
    assert titles(filter_flow_ids=[two.action.run.flow_id, three.action.run.flow_id]) == ["three", "two"]
    assert titles(filter_roles="viewer", filter_states=["open", "closed"]) == ["three", "two", "one"]
    assert titles(filter_roles="respondent") == []
    assert refused(client.list_web_inputs, filter_states="ajar")[0] == 422
