"""Lists of flows and runs: which, in what order, page by page, and by how many questions to the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.flows import services as flows
from apps.flows.models import Flow, Run
from tests.flows.api.conftest import NAP, ONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(alice):
    def described(title, **told):
        changes = flows.FlowChanges(title=title, definition=ONE, input_schema={}, **told)
        return flows.create_flow(actor=alice, told=changes)

    return described


@pytest.fixture
def titles(ask):
    """The titles of the flows that somebody finds."""
    return lambda user, query="": [one["title"] for one in ask(user, "GET", f"flows?{query}")["flows"]]


@pytest.fixture
def labels(ask):
    return lambda user, query="": [one["label"] for one in ask(user, "GET", f"runs?{query}")["runs"]]


@pytest.fixture
def run(alice, make_flow):
    flow = make_flow(NAP["States"])

    def run(label, actor=alice, flow=flow, **roles):
        told = flows.RunChanges(label=label, tags=[f"{label} tag"], roles=roles)
        return flows.start_run(flow=flow, actor=actor, input={}, told=told)

    return run


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("filter_fulltext=HOP", ["Two hops"]),
        ("filter_fulltext=é", ["Kept"]),
        ("filter_fulltext=hop&filter_fulltext=kept", ["Two hops", "Kept"]),
        ("filter_title=hop,", []),
        ("filter_subtitle=FAR", ["Kept"]),
        ("filter_description=beam", ["Two hops"]),
        ("filter_keywords=café", ["Kept"]),
        ("filter_keywords=af", ["Kept"]),
        ('filter_keywords="', []),
        ("filter_title=_&filter_subtitle=%25", []),
        ("filter_title=hop&filter_subtitle=far", []),
    ],
)
def test_flows_are_found_by_their_words(titles, described, alice, query, found):
    described("Two hops", description="From the beamline")
    described("Kept", subtitle="Far away é", keywords=["café"])

    assert set(titles(alice, query)) == set(found)


def test_flows_are_found_by_ids_scopes_and_owners(titles, described, alice, bob, urn_of):
    one, _ = described("One", roles={"viewer": ["public"]}), described("Two")

    for part in (str(one.pk), str(one.pk)[:13], one.pk.hex[4:20]):
        assert titles(alice, f"filter_fulltext={part}") == ["One"]
    assert titles(alice, f"filter_scope_string={flows.scope_of(one.pk)}") == ["One"]
    assert titles(bob, f"filter_fulltext={urn_of(alice)}") == ["One"]
    assert titles(alice, "filter_fulltext=00000000-0000") == []


def test_nobody_finds_a_flow_by_administrators_that_they_are_not_told_of(titles, described, alice, bob, urn_of):
    described("One", roles={"viewer": ["public"], "administrator": [urn_of(bob)], "starter": []})

    assert titles(alice, f"filter_fulltext={urn_of(bob)}") == ["One"]
    assert titles(None, f"filter_fulltext={urn_of(bob)}") == []
    assert titles(None, "orderby=flow_administrators ASC") == ["One"]


@pytest.mark.parametrize("name", ["id", "scope_string", "flow_owners", "flow_administrators", "title", "created_at"])
def test_flows_are_ordered_and_paged_by_every_field(ask, described, alice, name):
    ids = [str(described(title).pk) for title in "caabd"]

    def walk(way):
        found, marker = [], ""
        while marker is not None:
            page = ask(alice, "GET", f"flows?per_page=2&orderby={name} {way},updated_at ASC&marker={marker}")
            found += [one["id"] for one in page["flows"]]
            assert page["has_next_page"] is (page["marker"] is not None)
            marker = page["marker"]
        return found

    assert sorted(walk("ASC")) == sorted(walk("desc")) == sorted(ids)
    if name in {"id", "created_at"}:
        assert walk("DESC") == walk("ASC")[::-1]
    if name == "title":
        assert walk("ASC") == [ids[at] for at in (1, 2, 3, 0, 4)]


def test_a_marker_says_all_that_was_asked(ask, described, alice):
    for title in ("hop a", "hop b", "hop c", "other"):
        described(title)
    first = ask(alice, "GET", "flows?filter_title=hop&orderby=title DESC&per_page=2")

    second = ask(alice, "GET", f"flows?marker={first['marker']}&filter_title=other")

    assert [one["title"] for one in first["flows"] + second["flows"]] == ["hop c", "hop b", "hop a"]
    assert second["limit"] == 2


def test_what_comes_and_goes_meanwhile_is_told_neither_twice_nor_instead(ask, described, alice):
    made = [described(title) for title in "abcd"]
    first = ask(alice, "GET", "flows?orderby=title ASC&per_page=2")
    described("aa")
    flows.delete_flow(flow=made[0], actor=alice)

    second = ask(alice, "GET", f"flows?marker={first['marker']}")

    assert [one["title"] for one in second["flows"]] == ["c", "d"]


@pytest.mark.parametrize(
    "query",
    [
        *("filter_roles=owner", "filter_role=x", "orderby=color ASC", "orderby=title UP", "per_page=0", "per_page=101"),
        *("per_page=x", "marker=x", "page=2", "filter_titel=x", "filter_title=%00", f"filter_title={'x' * 257}"),
    ],
)
def test_a_question_that_cannot_be_read_names_its_parameter(ask, alice, query):
    said = ask(alice, "GET", f"flows?{query}", status=422)["error"]

    assert said["detail"][0]["loc"] == [query.partition("=")[0]]


def test_flows_are_found_by_ones_roles(titles, described, alice, bob, charlie, team_urn, urn_of):
    described("Viewed", roles={"viewer": [team_urn]})
    described("Public", roles={"viewer": ["public"]})
    described("Started", roles={"starter": ["all_authenticated_users"]})
    described("Run", roles={"run_manager": [urn_of(bob)], "administrator": [urn_of(bob)]})

    assert set(titles(None)) == {"Public"}
    assert set(titles(charlie)) == {"Public", "Started"}
    assert set(titles(bob)) == {"Viewed", "Public", "Started", "Run"}
    assert set(titles(bob, "filter_roles=flow_viewer")) == {"Viewed", "Public"}
    assert set(titles(bob, "filter_roles=run_manager,flow_starters")) == {"Run", "Started"}
    assert set(titles(bob, "filter_role=flow_starter")) == {"Run", "Started"}
    assert len(titles(alice, "filter_roles=flow_owner")) == 4
    assert titles(bob, "filter_roles=flow_owner") == []


def test_runs_are_found_by_each_way_to_see_them(labels, run, make_flow, alice, bob, charlie, urn_of, team_urn):
    everybodys = make_flow(
        NAP["States"], roles={"starter": ["all_authenticated_users"], "run_monitor": [urn_of(alice)]}
    )
    run("alice's")
    run("shown", monitor=[team_urn])
    run("handed over", manager=[urn_of(bob)])
    run("bob's", actor=bob, flow=everybodys)

    assert set(labels(alice)) == {"alice's", "shown", "handed over", "bob's"}
    assert set(labels(alice, "filter_roles=flow_run_monitor")) == {"bob's"}
    assert set(labels(bob)) == {"shown", "handed over", "bob's"}
    assert set(labels(bob, "filter_roles=run_owner")) == {"bob's"}
    assert set(labels(bob, "filter_roles=run_manager,run_monitor")) == {"shown", "handed over"}
    assert set(labels(bob, "filter_role=run_manager")) == {"handed over", "bob's"}
    assert labels(charlie) == []


def test_runs_are_found_by_what_is_known_of_them(labels, run, make_flow, alice, carry):
    other = make_flow(ONE["States"])
    first, second = run("Night shift"), carry(run("Day shift", flow=other))
    day = timedelta(days=1)

    assert labels(alice, "filter_status=ACTIVE") == ["Night shift"]
    assert labels(alice, "filter_status=SUCCEEDED,FAILED") == ["Day shift"]
    assert labels(alice, f"filter_flow_id={other.pk}") == ["Day shift"]
    assert len(labels(alice, f"filter_flow_id={other.pk},{first.flow_id}")) == 2
    assert labels(alice, "filter_label=NIGHT") == ["Night shift"]
    assert labels(alice, "filter_tags=day shift tag") == ["Day shift"]
    assert labels(alice, f"filter_completion_time={(second.ended_at - day).isoformat()[:19]}Z") == ["Day shift"]
    assert labels(alice, f"filter_start_time=,{(first.started_at - day).date()}") == []
    assert len(labels(alice, "filter_flow_title=flow")) == 2


def test_runs_that_have_not_ended_come_last_either_way(ask, run, make_flow, alice, carry):
    ended = [str(carry(run(label, flow=make_flow(ONE["States"]))).pk) for label in "ab"]
    going = {str(run(label).pk) for label in "cde"}

    for way, first in (("ASC", ended), ("DESC", ended[::-1])):
        found, marker = [], ""
        while marker is not None:
            page = ask(alice, "GET", f"runs?orderby=completion_time {way}&per_page=2&marker={marker}")
            found, marker = found + [one["run_id"] for one in page["runs"]], page["marker"]
        assert (found[:2], set(found[2:]), len(found)) == (first, going, 5)


def test_more_of_them_take_no_more_questions(ask, described, run, alice):
    def questions(path):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert ask(alice, "GET", path)
        return len(asked)

    described("one"), run("one")
    before = questions("flows"), questions("runs")
    for n in range(5):
        described(f"{n}"), run(f"{n}")

    assert (questions("flows"), questions("runs")) == before
    assert (Flow.objects.count(), Run.objects.count()) == (7, 6)


def test_a_long_output_is_told_by_its_size_in_lists(ask, run, make_flow, alice, carry):
    states = {"One": {"Type": "Pass", "Parameters": {"text": "x" * 100_000}, "End": True}}
    told = str(carry(run("long", flow=make_flow(states))).pk)

    assert "_left_out" in ask(alice, "GET", "runs")["runs"][0]["details"]["output"]
    assert len(ask(alice, "GET", f"runs/{told}")["details"]["output"]["text"]) == 100_000
