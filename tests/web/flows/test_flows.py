"""The list of flows, and the page of one: for those who may see it, and with what they may do."""

import json
import re

import pytest

from apps.access import services as access
from apps.access.types import PUBLIC, group_urn, identity_urn
from apps.flows import services as flows
from apps.flows.services import FlowChanges
from tests.web.flows.conftest import HELLO, text

pytestmark = pytest.mark.django_db
NOWHERE = "00000000-0000-4000-8000-000000000000"
SHOWN = {"echo_string": "x", "__Private_Parameters": ["token"]}
PRIVATE = {**HELLO, "Parameters": {**SHOWN, "token": "hush"}}


def plain(answer):
    """Without the token of its forms, which is another one each time, and without the address."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|/flows/[\w/.-]+', "", answer.content.decode())


@pytest.fixture
def four(alice, bob, charlie):
    return {"alice": alice, "bob": bob, "charlie": charlie, "nobody": None}


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        ({}, {"alice"}),
        ({"viewer": ["team"]}, {"alice", "bob"}),
        ({"starter": ["team"]}, {"alice", "bob"}),
        ({"run_monitor": ["team"]}, {"alice", "bob"}),
        ({"viewer": [PUBLIC]}, {"alice", "bob", "charlie", "nobody"}),
    ],
)
def test_a_flow_is_on_the_list_and_has_a_page_for_those_who_may_see_it(make_flow, browser, four, team, roles, seen):
    named = {role: [group_urn(team.pk) if one == "team" else one for one in who] for role, who in roles.items()}
    flow = make_flow({"Hello": HELLO}, roles=named)

    listed = {name for name, user in four.items() if browser(user).get("/flows/").context["lines"]}
    opened = {name for name, user in four.items() if browser(user).get(f"/flows/{flow.pk}/").status_code == 200}

    assert (listed, opened) == (seen, seen)


def test_what_may_not_be_seen_is_answered_as_what_is_not_there(make_flow, browser, charlie):
    flow = make_flow({"Hello": HELLO})
    pages = ["", "start/", "versions/", "definition.json", "definition.yaml", "people/", "details/", "delete/"]

    hidden = [browser(charlie).get(f"/flows/{flow.pk}/{page}") for page in pages]

    missing = browser(charlie).get(f"/flows/{NOWHERE}/")
    assert {one.status_code for one in hidden} == {404}
    assert {plain(one) for one in hidden} == {plain(missing)}
    assert {browser().get(f"/flows/{flow.pk}/{page}").status_code for page in pages} == {404}


def test_the_list_is_searched_narrowed_and_sorted(make_flow, mine, bob, alice):
    first = make_flow({"Hello": HELLO})
    flows.change_flow(flow=first, actor=alice, told=FlowChanges(title="Beamline", keywords=["chips", "ünder"]))
    flows.change_flow(flow=make_flow({"A": HELLO}), actor=alice, told=FlowChanges(title="Archive"))
    make_flow({"B": HELLO}, actor=bob, roles={"viewer": [PUBLIC]})

    def listed(**asked):
        return [line.title for line in mine.get("/flows/", asked).context["lines"]]

    assert listed(sort="title") == ["Archive", "Beamline", "a flow"]
    assert listed(q="chips") == ["Beamline"]
    assert listed(q="chips archive") == []
    assert listed(role="owner", sort="-title") == ["Beamline", "Archive"]
    assert listed(sort="nothing", role="x", page="x") == listed()


def test_its_page_shows_graph_list_definition_and_who_may_what(make_flow, mine):
    shown = text(mine.get(f"/flows/{make_flow({'Hello': HELLO}).pk}/?state=Hello"))

    assert '<svg class="graph"' in shown
    assert 'Hello</a> <span class="dim">Action: hello world</span> begins;' in shown
    assert 'aria-label="Definition of Hello"' in shown
    assert "StartAt: Hello" in shown
    assert "Alice" in shown or "alice" in shown


def test_what_a_definition_calls_private_is_for_its_administrators(make_flow, browser, alice, bob, team):
    flow = make_flow({"Hello": PRIVATE}, roles={"viewer": [group_urn(team.pk)]})
    pages = [f"/flows/{flow.pk}/{page}" for page in ("?state=Hello", "definition.json", "definition.yaml", "versions/")]

    assert [b"hush" in browser(alice).get(page).content for page in pages[:3]] == [True] * 3
    assert [b"hush" in browser(bob).get(page).content for page in pages] == [False] * 4
    assert json.loads(browser(bob).get(pages[1]).content)["States"]["Hello"]["Parameters"] == SHOWN


def test_two_versions_are_compared(make_flow, mine, alice):
    flow = make_flow({"Hello": HELLO})
    changed = {"StartAt": "Bye", "States": {"Bye": HELLO}}
    flows.change_flow(flow=flow, actor=alice, told=FlowChanges(definition=changed, input_schema={"type": "object"}))

    told = mine.get(f"/flows/{flow.pk}/versions/").context
    back = mine.get(f"/flows/{flow.pk}/versions/?from=2&to=1").context

    assert [line.version.number for line in told["lines"]] == [2, 1]
    assert '"StartAt": "Bye",' in [one.text.strip() for one in told["definition"] if one.sign == "+"]
    assert told["schema"]
    assert '"StartAt": "Hello",' in [one.text.strip() for one in back["definition"] if one.sign == "+"]


def test_roles_are_given_and_taken_back(make_flow, browser, mine, bob, team):
    flow = make_flow({"Hello": HELLO})
    page, group = f"/flows/{flow.pk}/people/", group_urn(team.pk)
    assert "team" in text(mine.get(page, {"find": "tea"}))

    mine.post(page, {"principal": group, "role": "starter"})
    assert browser(bob).get(f"/flows/{flow.pk}/start/").status_code == 200
    assert browser(bob).get(page).status_code == 403
    mine.post(page, {"principal": group, "role": "starter", "remove": "yes"})

    assert browser(bob).get(f"/flows/{flow.pk}/").status_code == 404


def test_a_role_that_no_page_gives_is_taken_back_there(make_flow, mine):
    flow = make_flow({"Hello": HELLO}, roles={"administrator": [PUBLIC]})

    mine.post(f"/flows/{flow.pk}/people/", {"principal": PUBLIC, "role": "administrator", "remove": "yes"})

    assert set(access.principals_with(flow.resource)) == {"owner"}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"role": "owner", "principal": PUBLIC}, "Choose what they may do."),
        ({"role": "viewer", "principal": "x"}, "Choose whom"),
        ({"role": "administrator", "principal": PUBLIC}, "Only seeing and starting can be for everybody."),
        ({}, "Choose what they may do."),
    ],
)
def test_roles_that_there_are_not_are_refused_in_words(make_flow, mine, sent, words):
    flow = make_flow({"Hello": HELLO})

    refused = mine.post(f"/flows/{flow.pk}/people/", sent)

    assert (refused.status_code, words in text(refused)) == (400, True)
    assert set(access.principals_with(flow.resource)) == {"owner"}


def test_title_and_keywords_are_changed_and_a_flow_is_deleted(make_flow, mine):
    flow = make_flow({"Hello": HELLO})
    told = {"title": "Stage", "subtitle": "files", "description": "", "keywords": "a, b,,a"}

    assert mine.post(f"/flows/{flow.pk}/details/", told).status_code == 302
    flow.refresh_from_db()
    assert (flow.title, flow.keywords) == ("Stage", ["a", "b"])
    assert mine.post(f"/flows/{flow.pk}/details/", {**told, "title": ""}).status_code == 400
    assert mine.post(f"/flows/{flow.pk}/delete/", follow=True).context["lines"] == []


def test_every_flow_that_comes_with_the_portal_has_a_graph_and_a_form(mine):
    flows.install_flows()

    for line in mine.get("/flows/").context["lines"]:
        shown, form = mine.get(line.url).context, mine.get(line.start_url).context["view"]
        assert '<svg class="graph"' in shown["graph"].svg
        assert form.root is not None, line.title


def test_keywords_are_a_list_of_words_within_limits(make_flow, mine):
    page = f"/flows/{make_flow({'Hello': HELLO}).pk}/details/"

    mine.post(page, {"title": "x", "keywords": " a, b,,a "})
    assert "a, b" in text(mine.get(page))
    for wrong in ("x" * 1001, "a\0b"):
        assert mine.post(page, {"title": "x", "keywords": wrong}).status_code == 400


def test_what_came_with_the_portal_is_the_portals_own(mine, browser, bob):
    flows.install_flows()
    page = f"/flows/{flows.ready_made_id('move')}/"

    assert "This portal" in text(browser(bob).get(page))
    assert "clients.auth.globus.org" not in text(browser(bob).get(page))


def test_a_program_is_shown_by_its_name_and_as_one(make_flow, mine, alice):
    flow, other = make_flow({"Hello": HELLO}), make_flow({"Hello": HELLO})
    roles = {"starter": [identity_urn(other.pk)]}
    flows.change_flow(flow=flow, actor=alice, told=FlowChanges(roles=roles))
    flows.change_flow(flow=other, actor=alice, told=FlowChanges(title="the nightly"))

    assert "the nightly (a program)" in text(mine.get(f"/flows/{flow.pk}/people/"))
