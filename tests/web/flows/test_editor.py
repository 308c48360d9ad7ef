"""The editor finds all that is wrong as it is written, loses no word, and saves a version that nobody overwrites."""

import pytest

from apps.access.types import PUBLIC
from apps.flows import services as flows
from apps.flows.models import Flow
from apps.flows.services import FlowChanges
from tests.web.flows.conftest import HELLO, text

pytestmark = pytest.mark.django_db
GOOD = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n"
BAD = "StartAt: B\nStates:\n  A:\n    Type: Pass\n    End: true\n"


def test_a_new_flow_is_begun_with_an_example_that_can_be_saved(mine, browser):
    shown = mine.get("/flows/new/").context

    assert (shown["checked"].errors, shown["checked"].graph is None) == (0, False)
    assert browser().get("/flows/new/").status_code == 401


def test_a_flow_is_made_of_yaml_or_json(mine):
    mine.post("/flows/new/", {"title": "One", "text": GOOD, "schema": "type: object", "do": "save"})
    mine.post(
        "/flows/new/", {"title": "Two", "text": '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}', "do": "save"}
    )

    one, two = Flow.objects.order_by("title")
    assert one.version.definition["States"] == {"A": {"Type": "Pass", "End": True}}
    assert (one.version.input_schema, two.version.input_schema) == ({"type": "object"}, {})


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": BAD}, "line <a"),
        ({"text": "{"}, "✕ 1 error"),
        ({"text": GOOD, "schema": "type: nothing"}, "no JSON Schema"),
        ({"text": GOOD, "schema": "["}, "input schema, line"),
        ({"text": GOOD, "title": ""}, "Give it a title first."),
        ({"text": ""}, "✕ "),
    ],
)
def test_what_is_wrong_is_told_by_line_and_nothing_is_saved(mine, sent, words):
    shown = mine.post("/flows/new/", {"title": "x", "do": "save", **sent})

    assert (shown.status_code in {400, 409}, words in text(shown)) == (True, True)
    assert not Flow.objects.exists()


def test_a_check_saves_nothing_and_draws_the_graph(mine):
    shown = mine.post("/flows/new/", {"title": "x", "text": GOOD, "do": "check"})

    assert (shown.status_code, shown.context["checked"].graph is None) == (200, False)
    assert not Flow.objects.exists()


def test_it_is_written_as_json_and_as_yaml(mine):
    as_json = mine.post("/flows/new/", {"text": GOOD, "schema": "type: object", "do": "json"}).context["asked"]

    assert as_json["text"].startswith('{\n  "StartAt": "A"')
    assert mine.post("/flows/new/", {**as_json, "do": "yaml"}).context["asked"]["text"] == GOOD


def test_a_version_is_saved_unless_another_was_meanwhile(make_flow, mine, alice):
    flow = make_flow({"Hello": HELLO})
    page = f"/flows/{flow.pk}/edit/"
    asked = mine.get(page).context["asked"]
    flows.change_flow(flow=flow, actor=alice, told=FlowChanges(definition={"StartAt": "A", "States": {"A": HELLO}}))

    late = mine.post(page, {**asked, "text": GOOD, "do": "save"})
    again = mine.post(page, {**late.context["asked"], "do": "save"})

    assert (late.status_code, "Version 2 was saved meanwhile" in text(late)) == (409, True)
    assert again.status_code == 302
    assert [one.number for one in flows.versions_of(flow)] == [3, 2, 1]
    assert "Hello" in mine.get(page, {"version": "1"}).context["asked"]["text"]


def test_only_administrators_edit(make_flow, browser, charlie):
    page = f"/flows/{make_flow({'Hello': HELLO}, roles={'viewer': [PUBLIC]}).pk}/edit/"

    assert [browser(charlie).get(page).status_code, browser().get(page).status_code] == [403, 403]
