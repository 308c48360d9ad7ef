"""A definition is run in thought: the reader answers for actions, and nothing is begun."""

import pytest
from django.core import signing

from apps.access.types import PUBLIC
from apps.flows.models import Action, Run
from apps.web.flows.signs import Sign
from tests.web.flows.conftest import HELLO, text

pytestmark = pytest.mark.django_db
PAGE = "/flows/simulate/"
STATES = {
    "Rest": {"Type": "Wait", "Seconds": 86_400, "Next": "Say"},
    "Say": {**HELLO, "End": False, "Next": "Done"},
    "Done": {"Type": "Succeed"},
}
del STATES["Say"]["End"]
SHOWN = {"echo_string": "x", "__Private_Parameters": ["token"]}


@pytest.fixture
def begun(make_flow, mine):
    """Begins one, and gives what presses its buttons."""

    def begin(states, given="{}", **document):
        flow = make_flow(states, **document)
        shown = mine.get(f"/flows/{flow.pk}/simulate/")
        sent = {"input?raw": "1", "input?json": given, "do": "begin"}
        state = {"at": mine.post(PAGE, {"kept": shown.context["kept"], **sent})}

        def press(**sent):
            state["at"] = mine.post(PAGE, {"kept": state["at"].context["kept"], "do": "step", **sent})
            return state["at"]

        return state["at"], press

    return begin


def test_each_step_is_shown_and_nothing_is_touched(begun):
    at, press = begun(STATES, '{"word": "hello"}')
    assert at.context["upcoming"].state == "Rest"

    press()
    asked = press(do="on")
    answered = press(ending="succeeded", details='{"said": "hi"}', do="on")

    assert '"echo_string": "hello"' in asked.context["upcoming"].body
    assert '"said": "hi"' in answered.context["output"]
    assert {one.step.state: one.sign for one in answered.context["graph"].lines} == dict.fromkeys(
        STATES, Sign.SUCCEEDED
    )
    assert [Run.objects.count(), Action.objects.count()] == [0, 0]


@pytest.mark.parametrize(
    ("ending", "error"),
    [("failed", "ActionFailedException"), ("unable", "ActionUnableToRun"), ("late", "ActionTimeout")],
)
def test_actions_fail_as_they_are_told_to(begun, ending, error):
    _, press = begun({"Say": HELLO}, '{"word": "hello"}')
    press()

    ended = press(ending=ending, details='{"message": "No room."}').context["simulation"].ended

    assert (ended.error, ended.cause) == (error, "No room.")


def test_branches_are_gone_one_after_the_other_and_joined(begun):
    inner = {"StartAt": "One", "States": {"One": {"Type": "Pass", "Parameters": {"n.$": "$"}, "End": True}}}
    states = {"Each": {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": inner, "MaxConcurrency": 2, "End": True}}
    _, press = begun(states, '{"items": [1, 2, 3]}')

    assert press(do="on").context["simulation"].ended.output == [{"n": 1}, {"n": 2}, {"n": 3}]


def test_retries_are_jumped_to_and_errors_caught(begun):
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 3600, "MaxAttempts": 1}]
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Done", "ResultPath": "$.error"}]
    states = {"Say": {**HELLO, "Retry": retry, "Catch": catch}, "Done": {"Type": "Succeed"}}
    _, press = begun(states, '{"word": "hello"}')
    press(do="on")
    press(ending="failed", do="on")

    ended = press(ending="failed", do="on")

    assert ended.context["simulation"].ended.output["error"]["Error"] == "ActionFailedException"
    assert {one.step.state: one.sign for one in ended.context["graph"].lines}["Say"] is Sign.CAUGHT


def test_what_never_ends_is_ended(begun):
    again = {
        "Type": "Choice",
        "Choices": [{"Variable": "$.never", "IsPresent": True, "Next": "End"}],
        "Default": "Look",
    }
    _, press = begun({"Look": again, "End": {"Type": "Succeed"}})

    for _ in range(6):
        shown = press(do="on")

    assert shown.context["is_at_end"]


def test_answers_that_are_no_json_are_told_and_kept(begun):
    _, press = begun({"Say": HELLO}, '{"word": "hello"}')
    press()

    wrong = press(ending="succeeded", details="{oops")

    assert (wrong.status_code, wrong.context["details"]) == (400, "{oops")
    assert press(ending="succeeded", details="[1]").context["simulation"].ended is not None


def test_a_simulation_that_the_portal_did_not_write_is_refused(mine):
    signed_elsewhere = signing.dumps({"definition": {}}, salt="another")

    assert {mine.post(PAGE, {"kept": kept}).status_code for kept in ("", "x", signed_elsewhere)} == {400}


def test_what_the_editor_holds_is_simulated_before_it_is_saved(mine):
    shown = mine.post(PAGE, {"text": "StartAt: A\nStates: {A: {Type: Succeed}}", "schema": ""})

    assert shown.context["view"].text == "{}"
    assert mine.post(PAGE, {"text": "StartAt: A"}).status_code == 400


def test_who_may_not_see_what_is_private_simulates_without_it(make_flow, browser, bob):
    flow = make_flow({"Say": {**HELLO, "Parameters": {**SHOWN, "token": "hush"}}}, roles={"viewer": [PUBLIC]})

    kept = browser(bob).get(f"/flows/{flow.pk}/simulate/").context["kept"]

    assert signing.loads(kept, salt="simulation")["definition"]["States"]["Say"]["Parameters"] == SHOWN
    assert browser().get(f"/flows/{flow.pk}/simulate/").status_code == 401
    assert "Sign in" in text(browser().get(f"/flows/{flow.pk}/simulate/"))
