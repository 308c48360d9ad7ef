"""The editor of an index's presentation: preview, save, history, export and import."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.search import services as search
from tests.web.conftest import PRESENTATION, entry

AT = "/crystals/manage/presentation/"
OTHER = {"title": "title", "summary": [], "facets": [{"path": "protein", "label": "Macromolecule"}]}


@pytest.fixture
def alices(client, shelf, alice):
    client.force_login(alice)
    return client


def save(client, document, **more):
    text = document if isinstance(document, str) else json.dumps(document)
    return client.post(AT, {"document": text, **more})


def facets(client):
    return [facet.label for facet in client.get("/crystals/").context["page"].facets]


def test_the_editor_begins_with_what_is_declared(alices):
    page = alices.get(AT).context["page"]

    assert json.loads(page.text) == PRESENTATION


@pytest.fixture
def undeclared(alices, alice, put):
    index = search.create_index(actor=alice, display_name="New", slug="new")
    put(index, alice, *(entry(str(n), colour="red" if n % 2 else "blue") for n in range(8)))
    return index


def test_the_editor_of_an_index_that_declares_nothing_leaves_all_to_it(alices, undeclared):
    page = alices.get("/new/manage/presentation/").context["page"]

    assert json.loads(page.text) == {"facets": ["proposed"], "columns": ["proposed"]}
    assert json.loads(page.proposed)["facets"] == [{"path": "colour", "label": "Colour"}]
    assert page.told.startswith("Nothing is declared")


def test_to_save_what_the_editor_began_with_changes_nothing(alices, alice, put, undeclared):
    def shown():
        page, table = (alices.get("/new/?view=table").context[part] for part in ("page", "table"))
        facets, orders = [facet.label for facet in page.facets], [choice.label for choice in page.sorts]
        return facets, orders, [heading.label for heading in table.headings]

    before = shown()
    alices.post("/new/manage/presentation/", {"document": alices.get("/new/manage/presentation/").context["page"].text})
    assert shown() == before

    put(undeclared, alice, *(entry(str(n), size=n) for n in range(8, 40)))
    assert shown()[0] == ["Size", "Colour"]


def test_what_is_proposed_stands_beside_the_parts_that_are_left_to_the_index(alices):
    page = alices.get(AT).context["page"]
    assert set(json.loads(page.proposed)) == {"columns", "charts", "sorts"}

    save(alices, {**PRESENTATION, "columns": [], "charts": [], "sorts": [], "boosts": []})

    assert alices.get(AT).context["page"].proposed == ""


def test_an_index_that_declares_nothing_exports_what_it_proposes(alices, undeclared):
    exported = alices.get("/new/manage/presentation.json").json()

    assert (exported["title"], exported["facets"]) == ("title", [{"path": "colour", "label": "Colour"}])


def test_what_is_saved_is_on_the_search_page_at_once(alices):
    assert save(alices, OTHER, note="shorter").status_code == 302

    assert facets(alices) == ["Macromolecule"]


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ('{"facets": [', ""),
        ("[]", ""),
        ('{"facets": [{"path": "a"}, {"path": 3}]}', "facets.1.path"),
        ('{"accent": "red"}', "accent"),
        ('{"intro": "\\u0000"}', "intro"),
        ('{"\\ud800": 1}', ""),
    ],
)
def test_what_is_wrong_is_told_by_place_and_what_was_written_stays(alices, document, place):
    answer = save(alices, document, note="mine")

    page = answer.context["page"]
    assert (answer.status_code, page.wrong[0].place, page.note) == (400, place, "mine")
    assert page.text == document


def test_who_saves_after_somebody_else_is_told_and_may_save_again(alices):
    save(alices, OTHER, after="0")

    late = save(alices, PRESENTATION, after="0")
    again = save(alices, PRESENTATION, after=late.context["page"].after)

    assert (late.status_code, again.status_code) == (409, 302)


def test_the_preview_is_the_search_page_with_a_document_that_is_not_saved(alices):
    answer = alices.post(f"{AT}preview/", {"document": json.dumps(OTHER)})

    assert [facet.label for facet in answer.context["page"].facets] == ["Macromolecule"]
    assert answer.context["page"].count == "6 records"
    assert b"Preview, not saved" in answer.content
    assert facets(alices) == ["Protein", "Hit rate", "Made"]


def test_a_preview_of_what_is_wrong_says_what(alices):
    answer = alices.post(f"{AT}preview/", {"document": '{"accent": "red"}'})

    assert (answer.status_code, answer.context["page"].wrong[0].place) == (400, "accent")


def test_a_draft_comes_back_from_its_preview_as_it_was(alices):
    page = alices.post(f"{AT}edit/", {"document": "{\n}", "note": "n", "after": "0"}).context["page"]

    assert (page.text, page.note, page.after, page.is_unsaved) == ("{\n}", "n", "0", True)


def test_each_version_is_in_the_history_with_what_changed(alices):
    save(alices, OTHER, note="shorter")

    listed = alices.get(f"{AT}history/").context["versions"]
    told = alices.get(f"{AT}history/2/").context

    assert [(one.number, one.made_by, one.note) for one in listed] == [
        (2, "Alice", "shorter"),
        (1, "", "As the index was made"),
    ]
    assert ("+", '      "label": "Macromolecule"') in [(change.sign, change.text) for change in told["changes"]]
    assert json.loads(told["text"]) == OTHER


def test_a_version_is_restored_by_a_new_one(alices):
    save(alices, OTHER)

    alices.post(f"{AT}restore/", {"number": "1"})

    assert facets(alices) == ["Protein", "Hit rate", "Made"]
    assert alices.get(f"{AT}history/").context["versions"][0].note == "Back to version 1"


@pytest.mark.parametrize("number", ["", "7", "x", "99999999999999999999", "²"])
def test_a_version_that_is_not_there_cannot_be_restored(alices, number):
    assert alices.post(f"{AT}restore/", {"number": number}).status_code == 404


def test_what_is_exported_can_be_imported_elsewhere(alices, alice):
    search.create_index(actor=alice, display_name="New", slug="new")
    exported = alices.get("/crystals/manage/presentation.json")
    file = SimpleUploadedFile("p.json", exported.content)

    taken = alices.post("/new/manage/presentation/import/", {"file": file})

    assert exported["Content-Disposition"] == 'attachment; filename="crystals-presentation.json"'
    assert json.loads(taken.context["page"].text) == PRESENTATION
    assert (taken.context["page"].note, taken.context["page"].is_unsaved) == ("From p.json", True)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1", b'{"facets": 1}', b"[" * 100_000])
def test_a_file_that_is_no_presentation_is_told(alices, content):
    answer = alices.post(f"{AT}import/", {"file": SimpleUploadedFile("p.json", content or b" ")})

    assert answer.status_code == 400
    assert answer.context["page"].wrong


def test_a_note_may_be_long_and_odd(alices):
    assert save(alices, OTHER, note="é" * 300).status_code == 302
    assert len(alices.get(f"{AT}history/").context["versions"][0].note) == 200
