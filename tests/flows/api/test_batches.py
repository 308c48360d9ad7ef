"""Many runs are changed at once: all of them, or none."""

import uuid

import pytest

from apps.flows import services as flows
from apps.flows.models import Run
from tests.flows.api.conftest import NAP, ONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(make_flow, alice):
    def run(actor=alice, flow=None, **told):
        flow = flow or make_flow(NAP["States"], roles={"starter": ["all_authenticated_users"]})
        return flows.start_run(flow=flow, actor=actor, input={}, told=flows.RunChanges(**told))

    return run


@pytest.fixture
def change(ask):
    def change(user, runs, *, status=202, **told):
        ids = [str(getattr(one, "pk", one)) for one in runs]
        return ask(user, "POST", "batch/runs", {"filters": {"run_ids": ids}, **told}, status=status)

    return change


def tags_of(*runs):
    return [Run.objects.get(pk=run.pk).tags for run in runs]


def test_tags_are_set_added_and_removed(run, change, alice):
    one, two = run(tags=["a", "b"]), run()

    change(alice, [one, two], add={"tags": ["c"]}, remove={"tags": ["a"]})
    assert tags_of(one, two) == [["b", "c"], ["c"]]
    change(alice, [one, two], set={"tags": ["x", "y"]}, remove={"tags": ["y"]})
    assert tags_of(one, two) == [["x"], ["x"]]


def test_people_are_added_and_removed_and_others_keep_their_roles(run, change, ask, alice, bob, charlie, urn_of):
    one, two = run(roles={"monitor": [urn_of(bob)]}), run(roles={"manager": [urn_of(bob)]})

    change(alice, [one, two], add={"run_monitors": [urn_of(charlie)]}, remove={"run_monitors": [urn_of(bob)]})

    seen = [ask(alice, "GET", f"runs/{one.pk}"), ask(alice, "GET", f"runs/{two.pk}")]
    assert [told["run_monitors"] for told in seen] == [[urn_of(charlie)]] * 2
    assert [told["run_managers"] for told in seen] == [[], [urn_of(bob)]]


def test_runs_are_canceled_and_those_that_are_over_left_alone(run, change, carry, make_flow, alice):
    going, over = run(), carry(run(flow=make_flow(ONE["States"])))

    change(alice, [going, over], set={"status": "cancel"})

    assert (carry(going).error_name, carry(over).status) == ("FlowCanceled", "SUCCEEDED")


def test_one_that_may_not_be_changed_keeps_the_others_from_it(run, change, alice, bob, urn_of):
    mine, shown, hidden = run(bob), run(roles={"monitor": [urn_of(bob)]}), run()

    assert change(bob, [mine, shown], set={"tags": ["x"]}, status=403)["error"]["code"] == "FORBIDDEN"
    for other in (hidden, uuid.uuid4()):
        assert change(bob, [mine, other], set={"tags": ["x"]}, status=404)["error"]["code"] == "RUN_NOT_FOUND"
    change(None, [mine], set={"tags": ["x"]}, status=401)
    assert tags_of(mine, shown, hidden) == [[], [], []]


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"filters": {"run_ids": ["x"]}}, ["filters", "run_ids", 0]),
        ({"filters": {"status": "ACTIVE"}}, ["filters", "status"]),
        ({"set": {"status": "resume"}}, ["set", "status"]),
        ({"add": {"status": "cancel"}}, ["add", "status"]),
        ({"remove": {"run_managers": ["public"]}}, ["remove", "run_managers", 0]),
        ({"set": []}, ["set"]),
        ({"sets": {}}, ["sets"]),
    ],
)
def test_a_bad_field_is_named(ask, alice, told, place):
    said = ask(alice, "POST", "batch/runs", {"filters": {"run_ids": []}} | told, status=422)

    assert place in [one["loc"] for one in said["error"]["detail"]]
