"""A form may start a flow of its own, with more steps than the portal's; it, too, publishes whole or not at all."""

import pytest

from apps.flows.models import Run
from apps.publish import services as publish
from apps.publish.models import Event
from tests.flows.conftest import make_flow

__all__ = ["make_flow"]
REFUSE = {"Type": "Fail", "Error": "Refused", "Cause": "The beamline was closed that day."}


def step(name, then):
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Take back", "ResultPath": "$.failure"}]
    told = {"Parameters": {"submission.$": "$.submission"}, "ResultPath": f"$.{name}", "Catch": catch}
    return {"Type": "Action", "ActionUrl": f"/api/actions/publication/{name}", **told, **then}


@pytest.fixture
def draft_with(make_flow, make_form, draft_of, dana):
    """A draft of a form whose flow does this after it has let the record be found."""

    def draft_with(then, **more):
        take_back = {"ActionUrl": "/api/actions/publication/take_back", "Parameters": {"submission.$": "$.submission"}}
        states = {
            "Copy": step("copy", {"Next": "Permit"}),
            "Permit": step("permit", {"Next": "Reserve"}),
            "Reserve": step("reserve", {"Next": "Ingest"}),
            "Ingest": step("ingest", then),
            "Take back": {"Type": "Action", **take_back, "ResultPath": "$.back", "Next": "Stop"},
            "Stop": {"Type": "Fail", "Error": "NotPublished"},
            **more,
        }
        flow = make_flow(states, actor=dana, roles={"starter": ["all_authenticated_users"]})
        return draft_of(make_form(flow=str(flow.pk), identifier="local"))

    return draft_with


def test_what_it_does_besides_is_done(draft_with, published):
    look = {"Type": "Pass", "Result": "it was looked at", "ResultPath": "$.look", "Next": "Release"}

    version = published(draft_with({"Next": "Look"}, Look=look, Release=step("release", {"End": True})))

    assert Run.objects.get(pk=version.run_id).output["look"] == "it was looked at"


@pytest.mark.parametrize("ending", [{"Next": "Refuse"}, {"End": True}], ids=["refused", "never released"])
def test_one_that_does_not_let_it_be_found_leaves_nothing(draft_with, state_of, work, ending):
    draft = draft_with(ending, Refuse=REFUSE)
    before = state_of(draft)

    done = work(publish.submit(submission=draft, actor=draft.author, revision=draft.revision))

    assert state_of(draft) == before
    assert done.events.last().kind == Event.Kind.UNDONE
    assert done.trouble


def test_one_that_its_author_may_not_start_stands_in_the_way(make_flow, make_form, draft_of, dana, alice):
    flow = make_flow({"Say": {"Type": "Pass", "End": True}}, actor=dana)

    plan = publish.plan_of(draft_of(make_form(flow=str(flow.pk))), actor=alice)

    assert [one.pointer for one in plan.faults] == ["/form/flow"]
