"""Who may do what with a flow and with a run: Alice owns, Bob is in her group, Charlie is a stranger, and nobody."""

import pytest

from apps.flows import services as flows
from tests.flows.api.conftest import NAP

pytestmark = pytest.mark.django_db
NO_FLOW, NO_RUN, NO_ENTRY = (404, "FLOW_NOT_FOUND"), (404, "RUN_NOT_FOUND"), (403, "FORBIDDEN")
NOBODY = (401, "AUTHENTICATION_ERROR")


@pytest.fixture
def people(alice, bob, charlie):
    return {"alice": alice, "bob": bob, "charlie": charlie, "nobody": None}


@pytest.fixture
def told(api, people):
    """What each person is told at a door: a status, and the code if it is an error."""

    def told(method, path, body="{}"):
        found = {}
        for name, user in people.items():
            answer = api(user).generic(method, f"/api/flows/{path}", body, "application/json")
            code = answer.json().get("error", {}).get("code")
            found[name] = (answer.status_code, code) if code else answer.status_code
        return found

    return told


def doors(pk):
    return [("GET", f"flows/{pk}", "{}"), ("POST", f"flows/{pk}/run", '{"body": {}}'), ("PUT", f"flows/{pk}", "{}")]


@pytest.mark.parametrize(
    ("role", "bobs", "strangers", "nobodys"),
    [
        ("none", (NO_FLOW, NO_FLOW, NO_FLOW), (NO_FLOW, NO_FLOW, NO_FLOW), (NO_FLOW, NOBODY, NOBODY)),
        ("viewer", (200, NO_ENTRY, NO_ENTRY), (NO_FLOW, NO_FLOW, NO_FLOW), (NO_FLOW, NOBODY, NOBODY)),
        ("starter", (200, 201, NO_ENTRY), (NO_FLOW, NO_FLOW, NO_FLOW), (NO_FLOW, NOBODY, NOBODY)),
        ("administrator", (200, 201, 200), (NO_FLOW, NO_FLOW, NO_FLOW), (NO_FLOW, NOBODY, NOBODY)),
        ("run_manager", (200, NO_ENTRY, NO_ENTRY), (NO_FLOW, NO_FLOW, NO_FLOW), (NO_FLOW, NOBODY, NOBODY)),
        ("run_monitor", (200, NO_ENTRY, NO_ENTRY), (NO_FLOW, NO_FLOW, NO_FLOW), (NO_FLOW, NOBODY, NOBODY)),
    ],
)
def test_a_role_of_the_group_on_a_flow(told, make_flow, team_urn, role, bobs, strangers, nobodys):
    flow = make_flow(NAP["States"], roles={} if role == "none" else {role: [team_urn]})

    for door, expected in zip(doors(flow.pk), zip(bobs, strangers, nobodys, strict=True), strict=True):
        found = told(*door)
        assert (found["bob"], found["charlie"], found["nobody"]) == expected, door
        assert found["alice"] in {200, 201}


def test_everybody_views_what_is_public_and_who_is_signed_in_starts_it(told, make_flow):
    roles = {"viewer": ["public"], "starter": ["all_authenticated_users"]}
    flow = make_flow(NAP["States"], roles=roles)

    view, start, change = doors(flow.pk)
    assert told(*view) == {"alice": 200, "bob": 200, "charlie": 200, "nobody": 200}
    assert told(*start) == {"alice": 201, "bob": 201, "charlie": 201, "nobody": NOBODY}
    assert told(*change) == {"alice": 200, "bob": NO_ENTRY, "charlie": NO_ENTRY, "nobody": NOBODY}


def test_who_has_which_role_is_told_to_administrators(ask, make_flow, alice, bob, charlie, urn_of, team_urn):
    roles = {"viewer": ["public"], "administrator": [team_urn], "run_monitor": [urn_of(charlie)]}
    flow = make_flow(NAP["States"], roles=roles)

    for user in (alice, bob):
        seen = ask(user, "GET", f"flows/{flow.pk}")
        assert (seen["flow_viewers"], seen["flow_administrators"]) == (["public"], [team_urn])
        assert seen["run_monitors"] == [urn_of(charlie)]
    for user, role in ((charlie, ["flow_viewer", "run_monitor"]), (None, ["flow_viewer"])):
        seen = ask(user, "GET", f"flows/{flow.pk}")
        assert not any(
            value for name, value in seen.items() if name.endswith(("viewers", "administrators", "monitors"))
        )
        assert (seen["flow_owner"], seen["user_roles"]) == (urn_of(alice), role)


def test_administrators_delete_a_flow_or_take_it_over_and_give_it_to_nobody_else(ask, make_flow, alice, bob, urn_of):
    flow = make_flow(NAP["States"], roles={"administrator": [urn_of(bob)]})
    path = f"flows/{flow.pk}"

    ask(bob, "PUT", path, {"flow_owner": "urn:globus:auth:identity:00000000-0000-4000-8000-000000000000"}, status=403)
    taken = ask(bob, "PUT", path, {"flow_owner": urn_of(bob)})
    assert (taken["flow_owner"], taken["user_role"]) == (urn_of(bob), "flow_owner")
    ask(alice, "GET", path, status=404)
    given = ask(bob, "PUT", path, {"flow_owner": urn_of(alice)})
    assert given["flow_owner"] == urn_of(alice)
    assert ask(bob, "DELETE", path)["DELETED"] is True


RUN_DOORS = [
    *(("GET", rest, "{}") for rest in ("", "/definition", "/log")),
    *(("PUT", "", '{"label": "x"}'), ("POST", "/cancel", "{}"), ("POST", "/resume", "{}")),
]


@pytest.mark.parametrize(
    ("on_run", "on_flow", "reads", "steers"),
    [
        ("", "", NO_RUN, NO_RUN),
        ("", "administrator", NO_RUN, NO_RUN),
        ("monitor", "", 200, NO_ENTRY),
        ("manager", "", 200, 200),
        ("", "run_monitor", 200, NO_ENTRY),
        ("", "run_manager", 200, 200),
    ],
)
def test_a_role_of_the_group_on_a_run_or_on_its_flow(told, make_flow, alice, team_urn, on_run, on_flow, reads, steers):
    flow = make_flow(NAP["States"], roles={on_flow: [team_urn]} if on_flow else {})
    roles = {on_run: [team_urn]} if on_run else {}

    for method, rest, body in RUN_DOORS:
        run = flows.start_run(flow=flow, actor=alice, input={}, told=flows.RunChanges(roles=roles))
        found = told(method, f"runs/{run.pk}{rest}", body)
        expected = reads if method == "GET" else steers
        done = 202 if rest == "/cancel" else 200
        assert found["bob"] == (done if expected == 200 else expected)
        assert (found["alice"], found["charlie"], found["nobody"]) == (done, NO_RUN, NOBODY)


def test_a_run_of_a_flow_that_one_may_no_longer_see_stays_ones_own(ask, make_flow, alice, bob, team_urn):
    flow = make_flow(NAP["States"], roles={"starter": [team_urn]})
    run = ask(bob, "POST", f"flows/{flow.pk}/run", {"body": {}}, status=201)
    ask(alice, "PUT", f"flows/{flow.pk}", {"flow_starters": [], "title": "Secret now"})
    path = f"runs/{run['run_id']}"

    seen = ask(bob, "GET", f"{path}?include_flow_description=True")
    assert "Secret now" not in str(seen)
    assert "flow_description" not in seen
    assert ask(bob, "GET", f"{path}/definition")["definition"] == NAP
    ask(alice, "DELETE", f"flows/{flow.pk}")
    assert [one["run_id"] for one in ask(bob, "GET", "runs")["runs"]] == [run["run_id"]]
    ask(bob, "POST", f"{path}/cancel", status=202)


def test_who_monitors_and_manages_a_run_is_told_to_managers(ask, make_flow, alice, bob, charlie, urn_of):
    told = flows.RunChanges(roles={"monitor": [urn_of(bob)], "manager": [urn_of(charlie)]})
    run = flows.start_run(flow=make_flow(NAP["States"]), actor=alice, input={}, told=told)

    for user, role in ((alice, "run_owner"), (charlie, "run_manager")):
        seen = ask(user, "GET", f"runs/{run.pk}")
        assert (seen["run_monitors"], seen["run_managers"]) == ([urn_of(bob)], [urn_of(charlie)])
        assert seen["user_role"] == role
    seen = ask(bob, "GET", f"runs/{run.pk}")
    assert (seen["run_monitors"], seen["run_managers"], seen["user_role"]) == ([], [], "run_monitor")
