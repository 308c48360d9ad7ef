"""The editor finds all that is wrong as it is written, loses no word, and saves a version that nobody overwrites."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.access.types import PUBLIC
from apps.flows import services as flows
from apps.flows.language.documents import MOST_BYTES
from apps.flows.models import Flow
from apps.flows.services import FlowChanges
from apps.web.flows.editor.checked import checked
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


@pytest.fixture
def edited(make_flow, mine):
    """A flow of Alice's, and what its editor holds when it is opened."""
    flow = make_flow({"Hello": HELLO})
    return flow, mine.get(f"/flows/{flow.pk}/edit/").context["asked"]


def test_what_changes_is_shown_before_it_is_saved(edited, mine):
    flow, asked = edited
    page = f"/flows/{flow.pk}/edit/"

    review = mine.post(page, {**asked, "text": GOOD, "do": "save"})
    back = mine.post(page, {**review.context["asked"], "do": "check"})
    assert (review.status_code, "<ins>+" in text(review), "<del>-" in text(review)) == (200, True, True)
    assert (back.templates[0].name, back.context["asked"]["text"]) == ("web/flows/editor/editor.html", GOOD)
    assert len(flows.versions_of(flow)) == 1

    assert mine.post(page, {**review.context["asked"], "do": "confirm"}).status_code == 302
    assert flows.versions_of(flow)[0].definition["StartAt"] == "A"


def test_a_version_that_was_saved_meanwhile_is_shown_first(edited, mine, alice):
    flow, asked = edited
    page = f"/flows/{flow.pk}/edit/"
    review = mine.post(page, {**asked, "text": GOOD, "do": "save"}).context["asked"]
    flows.change_flow(flow=flow, actor=alice, told=FlowChanges(definition={"StartAt": "A", "States": {"A": HELLO}}))

    late = mine.post(page, {**review, "do": "confirm"})
    again = mine.post(page, {**late.context["asked"], "do": "confirm"})

    assert (late.status_code, "Version 2 was saved meanwhile" in text(late)) == (409, True)
    assert again.status_code == 302
    assert [one.number for one in flows.versions_of(flow)] == [3, 2, 1]
    assert "Hello" in mine.get(page, {"version": "1"}).context["asked"]["text"]


def test_what_is_as_it_was_is_no_version(edited, mine):
    flow, asked = edited

    assert mine.post(f"/flows/{flow.pk}/edit/", {**asked, "do": "save"}).status_code == 302
    assert len(flows.versions_of(flow)) == 1


@pytest.mark.parametrize(
    ("content", "button", "box", "taken"),
    [
        (GOOD, "file", "text", GOOD),
        ('{"StartAt": "A", "States": {}}', "file", "text", '{"StartAt": "A", "States": {}}'),
        ("\ufefftype: object", "file_schema", "schema", "type: object"),
        ('{"title": "x", "definition": {"StartAt": "A"}}', "file", "text", "StartAt: A\n"),
        ('{"definition": {}, "input_schema": {"type": "object"}}', "file", "schema", "type: object\n"),
        ("[", "file", "text", "["),
    ],
)
def test_a_file_is_taken_into_its_box_and_checked_as_what_is_pasted(mine, content, button, box, taken):
    file = SimpleUploadedFile("a.yaml", content.encode())

    shown = mine.post("/flows/new/", {"text": "a", "schema": "b", "file": file, "do": button}).context

    assert shown["asked"][box] == taken
    assert shown["checked"].findings == checked(shown["asked"]["text"], shown["asked"]["schema"]).findings


@pytest.mark.parametrize(
    ("file", "said"),
    [({}, "Choose a file first"), (b"\xff\xfe", "not in UTF-8"), (b"a" * (MOST_BYTES + 1), "larger than 2 MB")],
    ids=["none", "no text", "too large"],
)
def test_a_file_that_is_no_text_leaves_what_was_written(mine, file, said):
    sent = {"file": SimpleUploadedFile("a", file)} if file else {}

    shown = mine.post("/flows/new/", {"text": GOOD, "do": "file", **sent})

    assert (shown.status_code, said in text(shown), shown.context["asked"]["text"]) == (400, True, GOOD)


def test_only_administrators_edit(make_flow, browser, charlie):
    page = f"/flows/{make_flow({'Hello': HELLO}, roles={'viewer': [PUBLIC]}).pk}/edit/"

    assert [browser(charlie).get(page).status_code, browser().get(page).status_code] == [403, 403]
