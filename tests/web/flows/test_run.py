"""The page of a run tells what it did and does, and what to do about what went wrong; those who may steer it do."""

import json

import pytest

from apps.access.types import group_urn
from apps.flows import services as flows
from apps.flows.models import Run, WebInput
from apps.flows.services import FlowChanges, RunChanges
from apps.web.flows.signs import Sign
from tests.search.conftest import urn_of
from tests.web.flows.conftest import HELLO, text

__all__ = ["urn_of"]
pytestmark = pytest.mark.django_db
FAILS = {"Say": {**HELLO, "End": False, "Next": "Stop"}, "Stop": {"Type": "Fail", "Error": "Full", "Cause": "No room."}}
del FAILS["Say"]["End"]
WAITS = {"Rest": {"Type": "Wait", "Seconds": 3600, "Next": "Say"}, "Say": HELLO}
PARTS = ["", "live/", "log/", "log.ndjson"]
ACTS = ["pause", "resume", "cancel", "redrive", "change", "delete", "people"]


def page(run, *parts):
    return "/".join([f"/flows/runs/{run.pk}", *parts, ""])


def signs(answer):
    return {line.step.state: line.sign for line in answer.context["graph"].lines}


@pytest.mark.parametrize("part", PARTS)
def test_a_run_is_there_for_its_people_alone(run_of, mine, browser, alice, bob, charlie, team, part):
    run = run_of({"Say": HELLO}, {"word": "psst"})
    address = f"/flows/runs/{run.pk}/{part}"

    assert {browser(who).get(address).status_code for who in (bob, charlie, None)} == {404}
    flows.change_run(run=run, actor=alice, told=RunChanges(roles={"monitor": [group_urn(team.pk)]}))

    assert [browser(who).get(address).status_code for who in (alice, bob, charlie)] == [200, 200, 404]


@pytest.mark.parametrize("act", ACTS)
def test_who_may_only_see_it_steers_nothing_and_strangers_find_nothing(start, browser, alice, bob, charlie, team, act):
    run = start(WAITS)
    flows.change_run(run=run, actor=alice, told=RunChanges(roles={"monitor": [group_urn(team.pk)]}))

    assert browser(bob).post(page(run, act)).status_code == 403
    assert browser(charlie).post(page(run, act)).status_code == 404
    assert browser(bob).get(page(run)).context["may_steer"] is False
    run.refresh_from_db()
    assert run.wanted == Run.Wanted.RUN


def test_it_says_how_each_state_is_and_which_ways_were_gone(run_of, mine):
    shown = mine.get(page(run_of(FAILS, {"word": "hello"})))

    assert signs(shown) == {"Say": Sign.SUCCEEDED, "Stop": Sign.FAILED}
    assert [(bar.name, bar.sign) for bar in shown.context["bars"]] == [("Say", Sign.SUCCEEDED), ("Stop", Sign.FAILED)]
    assert 'class="edge taken"' in text(shown)


def test_what_went_wrong_is_told_with_what_to_do(run_of, mine):
    shown = text(mine.get(page(run_of(FAILS, {"word": "hello"}))))

    assert "No room." in shown
    assert "drive the run again" in shown
    assert "Drive again from where it failed" in shown


def test_what_its_owner_has_to_allow_is_told(run_of, mine):
    run = run_of(WAITS)
    run.halt = {"state_name": "Wait", "description": "It needs your consent.", "required_scopes": ["https://x/scope"]}
    run.save()

    shown = text(mine.get(page(run)))

    assert "It needs your consent." in shown
    assert "they let flows use this in their name" in shown
    assert "https://x/scope" in shown


def test_input_and_output_of_a_state_are_shown_without_what_is_private(run_of, mine):
    said = {"echo_string.$": "$.word", "key.$": "$._private_key", "__Private_Parameters": ["key"]}
    say = {"Say": {**HELLO, "Parameters": said}}

    shown = text(mine.get(page(run_of(say, {"word": "hello", "_private_key": "hush"})), {"state": "Say"}))

    assert "hello" in shown
    assert "hush" not in shown


def test_a_state_that_was_not_reached_and_one_that_there_is_not_are_shown_without_fuss(run_of, mine):
    run = run_of(WAITS)

    assert "not reached" in text(mine.get(page(run), {"state": "Say"}))
    assert mine.get(page(run), {"state": "nowhere"}).context["panel"] is None
    assert signs(mine.get(page(run))) == {"Rest": Sign.WAITING, "Say": Sign.NOT_REACHED}


def test_who_follows_is_sent_more_only_when_something_has_happened(run_of, carry, clock, mine):
    run = run_of(WAITS, {"word": "hello"})
    seen = mine.get(page(run)).context["seen"]
    same = text(mine.get(page(run, "live"), {"seen": seen}))

    clock.forward(3601)
    carry(run)

    parts = ('id="live"', "data-follow", 'id="acts"', 'id="story"')
    assert [part in same for part in parts] == [True, True, False, False]
    assert [part in text(mine.get(page(run, "live"), {"seen": seen})) for part in parts] == [True, False, True, True]


def test_it_is_paused_goes_on_and_is_canceled(run_of, carry, mine):
    run = run_of(WAITS, {"word": "hello"})

    def sign_after(act):
        mine.post(page(run, act))
        carry(run)
        return mine.get(page(run)).context["sign"]

    assert [sign_after(act) for act in ("pause", "resume", "cancel")] == [Sign.PAUSED, Sign.ACTIVE, Sign.CANCELED]
    assert mine.post(page(run, "pause")).status_code == 409


def test_it_is_driven_again_with_a_newer_version(run_of, carry, mine, alice):
    run = run_of(FAILS, {"word": "hello"})
    mended = {"StartAt": "Say", "States": {**FAILS, "Stop": {"Type": "Pass", "End": True}}}
    flows.change_flow(flow=run.flow, actor=alice, told=FlowChanges(definition=mended))
    assert [one.number for one in mine.get(page(run)).context["newer"]] == [2]

    mine.post(page(run, "redrive"), {"version": "2"})
    carry(run)

    shown = mine.get(page(run))
    assert shown.context["sign"] is Sign.SUCCEEDED
    assert signs(shown) == {"Say": Sign.SUCCEEDED, "Stop": Sign.SUCCEEDED}
    assert mine.post(page(run, "redrive"), {"version": "9"}).status_code == 404


def test_label_and_tags_are_changed_and_too_many_are_told_of(run_of, mine):
    run = run_of(WAITS)

    mine.post(page(run, "change"), {"label": "Tonight", "tags": "a, b"})

    run.refresh_from_db()
    assert (run.label, run.tags) == ("Tonight", ["a", "b"])
    refused = mine.post(page(run, "change"), {"label": "", "tags": ",".join(map(str, range(11)))})
    assert (refused.status_code, "at most 10 tags" in text(refused)) == (400, True)


def test_the_log_is_a_file_line_by_line(run_of, mine):
    run = run_of({"Say": HELLO}, {"word": "hello"})

    lines = [json.loads(line) for line in b"".join(mine.get(f"/flows/runs/{run.pk}/log.ndjson")).splitlines()]

    assert [line["number"] for line in lines] == [*range(1, run.log_count + 1)]
    assert lines[-1]["code"] == "FlowSucceeded"


def test_a_run_that_is_over_is_forgotten_and_one_that_is_not_stays(run_of, mine):
    assert mine.post(page(run_of(WAITS), "delete")).status_code == 409
    run = run_of({"Say": HELLO}, {"word": "hello"})
    assert "removed for good" in text(mine.get(page(run, "delete")))

    mine.post(page(run, "delete"))

    assert mine.get(page(run)).status_code == 404


def test_runs_are_listed_for_those_who_see_them_and_narrowed(run_of, carry, mine, browser, bob, alice, team):
    shared = run_of(FAILS, {"word": "hello"})
    flows.change_run(
        run=shared, actor=alice, told=RunChanges(label="Night", tags=["S12"], roles={"monitor": [group_urn(team.pk)]})
    )
    run_of(WAITS)

    def listed(client, **asked):
        return [line.name for line in client.get("/flows/runs/", asked).context["runs"]]

    assert listed(mine) == ["Run of a flow", "Night"]
    assert listed(browser(bob)) == ["Night"]
    assert [listed(mine, **asked) for asked in ({"tag": "S12"}, {"tag": "S1"}, {"state": "failed"})] == [
        ["Night"],
        [],
        ["Night"],
    ]
    assert listed(mine, state="active", since="2020-01-01") == ["Run of a flow"]
    assert listed(mine, until="2020-01-01") == []
    assert listed(mine, flow=str(shared.flow_id)) == ["Night"]
    assert browser().get("/flows/runs/").status_code == 302


def test_branches_in_the_same_state_are_told_apart(run_of, mine):
    say = {**HELLO, "Parameters": {"echo_string.$": "$"}, "ResultPath": None}
    inner = {"StartAt": "Say", "States": {"Say": say}}
    each = {"Type": "Map", "ItemsPath": "$.words", "ItemProcessor": inner, "End": True}

    shown = mine.get(page(run_of({"Each": each}, {"words": ["a", "b", "c"]})), {"state": "Say"}).context

    told = [
        [json.loads(one.text) for one in visit.texts if one.label in {"Input", "Output"}]
        for visit in shown["panel"].visits
    ]
    assert told == [["c", "c"], ["b", "b"], ["a", "a"]]
    assert [bar.name for bar in shown["bars"]] == ["Each", "Say", "Say", "Say"]


def test_of_a_long_log_the_graph_still_knows_what_was_done_first(run_of, mine, monkeypatch):
    monkeypatch.setattr("apps.web.flows.run.page.MOST_READ", 4)
    run = run_of({"First": {"Type": "Pass", "Next": "Second"}, "Second": {"Type": "Pass", "Next": "Say"}, "Say": HELLO})

    shown = mine.get(page(run))

    assert signs(shown) == {"First": Sign.SUCCEEDED, "Second": Sign.SUCCEEDED, "Say": Sign.FAILED}
    assert (shown.context["is_cut"], "First" in [bar.name for bar in shown.context["bars"]]) == (True, False)


def test_a_run_that_waits_for_an_answer_says_so_and_leads_who_was_asked_there(
    run_of, browser, alice, bob, team, urn_of
):
    ask = {"title": "Keep it?", "options": [{"name": "Yes"}], "respondents": [urn_of(alice)]}
    run = run_of(
        {"Ask": {"Type": "Action", "ActionUrl": "/api/actions/user/selection", "Parameters": ask, "End": True}}
    )
    flows.change_run(run=run, actor=alice, told=RunChanges(roles={"monitor": [group_urn(team.pk)]}))

    asked, other = (browser(who).get(page(run)) for who in (alice, bob))

    assert {answer.context["sign"] for answer in (asked, other)} == {Sign.WAITING}
    assert f'<a href="/flows/inputs/{WebInput.objects.get().pk}/">Keep it?</a>' in text(asked)
    assert "Others were asked." in text(other)
    assert "Keep it?</a>" not in text(other)
