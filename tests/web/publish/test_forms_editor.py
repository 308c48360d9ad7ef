"""The editor of forms finds all that is wrong as it is written, shows the form, and loses no word."""

import json

import pytest

from apps.publish import services as publish
from apps.publish.models import Form
from tests.web.flows.conftest import text

NEW, EDIT = "/publish/forms/new/", "/publish/forms/runs/edit/"
SCHEMA = {"type": "object", "properties": {"title": {"type": "string", "title": "What it is"}}}
GOOD = {"title": "Mine", "schema": SCHEMA}


def sent(document=GOOD, do="check", **more):
    told = document if isinstance(document, str) else json.dumps(document, indent=1)
    return {"text": told, "do": do, **more}


def test_a_new_form_is_begun_with_an_example_that_can_be_saved(browser, alice):
    client = browser(alice)
    shown = client.get(NEW).context

    assert (shown["checked"].errors, shown["checked"].view is None) == (0, False)
    answer = client.post(NEW, {**shown["asked"], "slug": "ours", "do": "save"})
    assert answer["Location"] == "/publish/forms/ours/setup/"
    assert publish.may_form(alice, "owner", Form.objects.get(slug="ours"))
    assert browser().get(NEW)["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("document", "pointer", "line"),
    [
        ("{", "", 1),
        ({"title": "x"}, "", 1),
        ({"title": "x", "schema": {"type": "string"}}, "/schema/type", 4),
        ({**GOOD, "path": "/{none}/{id}"}, "/path", 12),
        ({**GOOD, "index": "none"}, "/index", 12),
    ],
)
def test_what_is_wrong_is_told_by_place_and_nothing_is_saved(browser, alice, document, pointer, line):
    answer = browser(alice).post(NEW, sent(document, "save"))

    [found] = answer.context["checked"].findings
    assert (answer.status_code, found.pointer, found.line) == (400, pointer, line)
    assert not Form.objects.exists()


def test_the_form_is_shown_beside_it_and_can_be_tried(browser, alice):
    document = {**GOOD, "schema": {**SCHEMA, "required": ["title"]}}
    client = browser(alice)

    assert "What it is" in text(client.post(NEW, sent(document)))
    tried = client.post(NEW, sent(document, "try", **{"input/title": ""}))
    assert [one.place for one in tried.context["checked"].view.wrong] == ["What it is"]
    assert not Form.objects.exists()


def test_a_schema_with_faults_shows_no_form(browser, alice):
    answer = browser(alice).post(NEW, sent({"title": "x", "schema": {"type": "object", "properties": 1}}))

    assert (answer.status_code, answer.context["checked"].view) == (200, None)


def test_the_buttons_of_the_form_that_is_shown_work(browser, alice):
    names = {"type": "array", "title": "Names", "items": {"type": "string"}}
    document = {**GOOD, "schema": {"type": "object", "properties": {"names": names}}}

    answer = browser(alice).post(
        NEW, sent(document, "add:input/names", **{"input/names?count": "1", "input/names/0": "x"})
    )

    [shown] = answer.context["checked"].view.fields
    assert [part.text for part in shown.parts] == ["x", ""]


def test_a_change_is_shown_before_it_is_saved(form, browser, dana, document):
    client = browser(dana)
    asked = client.get(EDIT).context["asked"]
    changed = sent({**document, "title": "Chips"}, "save", after=asked["after"], note="A better word")

    review = client.post(EDIT, changed)
    assert {one.text.strip() for one in review.context["changes"] if one.sign == "+"} == {'"title": "Chips",'}
    assert publish.get_form("runs", actor=dana).version.number == 1

    client.post(EDIT, {**review.context["asked"], "do": "confirm"})
    version = publish.get_form("runs", actor=dana).version
    assert (version.number, version.document["title"], version.note) == (2, "Chips", "A better word")


def test_what_was_saved_meanwhile_is_seen_first(form, browser, dana, document):
    client = browser(dana)
    publish.change_form(form=form, actor=dana, told=publish.FormChanges(document={**document, "title": "Theirs"}))

    late = client.post(EDIT, sent({**document, "title": "Mine"}, "confirm", after="1"))
    assert (late.status_code, "Version 2 was saved meanwhile" in text(late)) == (409, True)
    client.post(EDIT, {**late.context["asked"], "do": "confirm"})

    assert [one.document["title"] for one in publish.form_versions(form)] == ["Mine", "Theirs", "Runs"]
    assert '"title": "Runs"' in client.get(EDIT, {"version": "1"}).context["asked"]["text"]
    assert client.get(EDIT, {"version": "9"}).status_code == 404


def test_an_open_form_keeps_an_index(form, browser, dana, document):
    without = {name: value for name, value in document.items() if name != "index"}

    answer = browser(dana).post(EDIT, sent(without, "confirm", after="1"))

    assert (answer.status_code, "which index it publishes to" in text(answer)) == (409, True)


@pytest.mark.parametrize("slug", ["new", "A b", "taken"])
def test_a_slug_that_cannot_be_is_told(browser, alice, slug):
    publish.create_form(actor=alice, told=publish.FormChanges(document=GOOD, slug="taken"))

    answer = browser(alice).post(NEW, sent(do="save", slug=slug))

    assert (answer.status_code, slug in text(answer)) == (409, True)
    assert Form.objects.count() == 1


def test_only_administrators_edit_or_copy(form, browser, alice):
    client = browser(alice)

    assert client.get(EDIT).status_code == 403
    assert client.post(EDIT, sent(do="confirm", after="1")).status_code == 403
    assert client.get(f"{NEW}?from=runs").status_code == 403
