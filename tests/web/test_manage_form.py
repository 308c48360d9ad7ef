"""The presentation as a form: each button sends all of it, and the same document comes of it as by hand."""

import json
import re
from html import unescape

import pytest

from apps.search import services as search
from apps.search.services.presenting import present
from tests.web.conftest import PRESENTATION, entry

AT = "/crystals/manage/presentation/"
FORM = f"{AT}form/"
WHOLE = {
    "title": "title",
    "thumbnail": "picture",
    "summary": [{"path": "rate", "label": "Hit rate", "unit": "%", "kind": "number"}],
    "facets": [
        {"path": "protein", "label": "Protein", "separator": "/", "is_open": False, "by_value": True},
        "proposed",
        {"path": "rate", "label": "Rate", "kind": "number", "is_logarithmic": False},
    ],
    "columns": ["proposed"],
    "charts": [{"type": "grid", "path": "protein", "label": "Grid", "across": "made"}],
    "sorts": [{"path": "rate", "label": "Worst first", "is_descending": False}],
    "boosts": [{"path": "title", "factor": 3.0}],
    "intro": "Runs.",
    "placeholder": "Search runs",
    "accent": "#0a7a5a",
}


@pytest.fixture
def alices(client, shelf, alice):
    client.force_login(alice)
    return client


def fields(answer):
    """What a browser would send of the form."""
    html = answer.content.decode().partition('data-preview="')[2].partition("</form>")[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = (re.search(rf' {key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = unescape(value[1]) if value else "on"
    for name, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        found[name] = chosen[1]
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        found[name] = unescape(text)
    return found


def press(client, answer, do, **changes):
    return client.post(FORM, {**fields(answer), **changes, "do": do})


def labels(answer, part="facets"):
    page = answer.context["page"]
    return [row.title for row in next(one for one in page.parts if one.name == part).rows]


def declared(index):
    index.refresh_from_db()
    return index.presentation


def test_a_document_comes_back_from_the_form_as_it_was(alices, index, alice):
    present(index=index, actor=alice, document=WHOLE)

    assert press(alices, alices.get(FORM), "save", note="same").status_code == 302
    assert declared(index) == WHOLE
    assert search.presentation_history(index=index, actor=alice)[0].note == "same"


def test_rows_move_go_and_come_from_the_catalogue(alices, index):
    moved = press(alices, alices.get(FORM), "up:facets:1")
    assert labels(moved) == ["Hit rate", "Protein", "Made"]
    gone = press(alices, moved, "remove:facets:2")
    more = press(alices, gone, "add:facets", **{"facets.add": "title"})

    assert labels(more) == ["Hit rate", "Protein", "Title"]
    assert declared(index) == PRESENTATION
    press(alices, more, "save")
    assert [row["path"] for row in declared(index)["facets"]] == ["rate", "protein", "title"]


def test_what_is_left_to_the_index_stays_left_to_it_until_it_is_declared(alices, index):
    first = alices.get(FORM)
    press(alices, first, "save", intro="Hello")
    assert declared(index) == {**PRESENTATION, "intro": "Hello"}

    press(alices, press(alices, first, "declare:charts"), "save", after="")
    assert [row["type"] for row in declared(index)["charts"]] == ["bars", "histogram", "years"]
    press(alices, press(alices, alices.get(FORM), "leave:charts"), "save")
    assert "charts" not in declared(index)


def test_a_path_added_to_what_is_left_to_the_index_comes_behind_what_it_proposes(alices, index):
    press(alices, press(alices, alices.get(FORM), "add:columns", **{"columns.add": "made"}), "save")

    assert declared(index)["columns"] == ["proposed", {"path": "made", "label": "Made", "kind": "date"}]


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_saved(alices, index):
    wrong = press(alices, alices.get(FORM), "save", accent="red", **{"facets.1.label": "x" * 101})

    told = {one.place: one.anchor for one in wrong.context["page"].wrong}
    assert (wrong.status_code, told) == (400, {"accent": "accent", "facets.1.label": "facets.1.label"})
    assert b'id="accent.e">must be a colour such as #0a7a5a' in wrong.content
    assert declared(index) == PRESENTATION


@pytest.mark.parametrize("path", ["", "nothing.here", "\0"])
def test_a_path_that_the_catalogue_does_not_have_is_told_beside_its_box(alices, path):
    answer = press(alices, alices.get(FORM), "add:facets", **{"facets.add": path})

    assert answer.status_code == 400
    assert b'id="facets.add.e"' in answer.content
    assert labels(answer) == ["Protein", "Hit rate", "Made"]


def test_the_form_is_previewed_and_handed_to_the_json_editor_and_back(alices):
    sent = fields(alices.get(FORM)) | {"facets.0.label": "Stuff"}

    preview = alices.post(FORM, {**sent, "do": "preview"})
    live = alices.post(f"{AT}preview/", sent)
    text = alices.post(f"{AT}edit/", sent).context["page"].text
    back = alices.post(FORM, {"document": text})

    assert [one.context["page"].facets[0].label for one in (preview, live)] == ["Stuff", "Stuff"]
    assert json.loads(text)["facets"][0]["label"] == "Stuff"
    assert labels(back) == ["Stuff", "Hit rate", "Made"]


def test_a_document_with_faults_stays_in_the_json_editor(alices):
    answer = alices.post(FORM, {"document": '{"facets": [{}]}'})

    assert (answer.status_code, answer.context["page"].wrong[0].place) == (400, "facets.0")
    assert b'name="document"' in answer.content


def test_who_saves_after_somebody_else_is_told_and_may_save_again(alices, index, alice):
    first = alices.get(FORM)
    present(index=index, actor=alice, document=WHOLE)

    late = press(alices, first, "save")
    assert (late.status_code, press(alices, late, "save").status_code) == (409, 302)


@pytest.mark.parametrize(
    "do", ["", "up", "up:facets:99", "remove:x:1", "propose:charts", "add:", "down:facets:²", "::"]
)
def test_no_button_breaks_the_form(alices, do):
    answer = press(alices, alices.get(FORM), do, **{"boosts.rows": "2", "boosts.0.path": "a", "boosts.0.factor": "nan"})

    assert answer.status_code == 200
    assert labels(answer) == ["Protein", "Hit rate", "Made"]


def test_an_index_that_declares_nothing_begins_with_what_it_proposes(client, alice, put):
    index = search.create_index(actor=alice, display_name="New", slug="new")
    put(index, alice, *(entry(str(n), colour="red" if n % 2 else "blue") for n in range(8)))
    client.force_login(alice)

    page = client.get("/new/manage/presentation/form/").context["page"]

    facets = page.parts[0]
    assert (facets.name, facets.is_declared, facets.proposed) == ("facets", False, "Colour")
