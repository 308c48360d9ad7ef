"""Forms by HTTP: made, changed as new versions, opened, closed, taken elsewhere and deleted, by who may."""

import pytest

from apps.access.types import ALL_AUTHENTICATED
from tests.publish.conftest import urn


@pytest.fixture
def made(ask, dana, document, installed):
    """A form of Dana's, closed."""
    return ask(dana, "post", "forms", {"document": document, "slug": "runs", "note": "The first"}, status=201)


def test_a_form_is_made_opened_and_closed(ask, made, dana, alice):
    assert (made["slug"], made["is_open"], made["version"]) == ("runs", False, 1)
    ask(alice, "get", "forms/runs", status=404)

    ask(dana, "put", "forms/runs/roles", {"submitter": [ALL_AUTHENTICATED]})
    ask(alice, "post", "submissions", {"form": "runs"}, status=409)
    assert ask(dana, "patch", "forms/runs", {"is_open": True})["is_open"]
    ask(alice, "post", "submissions", {"form": "runs"}, status=201)
    assert not ask(dana, "patch", "forms/runs", {"is_open": False})["is_open"]
    assert ask(alice, "patch", "forms/runs", {"is_open": True}, status=403)["code"] == "not_allowed"


def test_another_document_is_a_new_version_after_the_one_that_was_seen(api, made, document, dana):
    url, told = "/api/publish/forms/runs", {"document": {**document, "title": "Runs and maps"}, "note": "Maps, too"}
    tag = api(dana).get(url).headers["ETag"]

    unsaid = api(dana).patch(url, told, format="json")
    first = api(dana).patch(url, told, format="json", headers={"If-Match": tag})
    second = api(dana).patch(url, {"document": document}, format="json", headers={"If-Match": tag})

    assert (unsaid.status_code, unsaid.json()["faults"][0]["pointer"]) == (422, "/version")
    assert (first.status_code, first.json()["version"], first.headers["ETag"]) == (200, 2, '"2"')
    assert (second.status_code, second.json()["code"]) == (412, "publish.form_changed")
    assert api(dana).get(f"{url}/document").json()["title"] == "Runs and maps"


def test_versions_are_listed_read_and_compared_by_administrators(ask, made, document, dana, alice):
    ask(dana, "put", "forms/runs/roles", {"viewer": [urn(alice)]})
    for number in (1, 2):
        ask(dana, "patch", "forms/runs", {"document": {**document, "title": f"Runs {number}"}, "version": number})

    first = ask(dana, "get", "forms/runs/versions?limit=2")
    second = ask(dana, "get", f"forms/runs/versions?limit=2&marker={first['marker']}")
    told = ask(dana, "get", "forms/runs/differences")

    assert [one["number"] for page in (first, second) for one in page["versions"]] == [3, 2, 1]
    assert (second["versions"][0]["note"], second["versions"][0]["created_by"]) == ("The first", urn(dana))
    assert ask(dana, "get", "forms/runs/versions/1")["document"] == document
    title = {"kind": "changed", "pointer": "/title", "label": "title", "before": "Runs 1", "after": "Runs 2"}
    assert told == {"before": 2, "after": 3, "differences": [title]}
    assert ask(dana, "get", "forms/runs/differences?from=1&to=1")["differences"] == []
    for rest in ("versions", "versions/1", "differences"):
        ask(alice, "get", f"forms/runs/{rest}", status=403)
    for rest in ("versions/9", "versions/x", "differences?from=9"):
        ask(dana, "get", f"forms/runs/{rest}", status=404)


@pytest.mark.parametrize(
    ("said", "pointers"),
    [
        ({"slug": "Runs!"}, ["/slug"]),
        ({"document": []}, ["/document"]),
        ({"document": {}}, ["/document"]),
        ({"is_open": "yes"}, ["/is_open"]),
        ({"roles": {"reviewer": ["public"]}}, ["/roles/reviewer/0"]),
        ({"roles": {"reviewer": ["nobody"]}}, ["/roles/reviewer/0"]),
        ({"roles": {"owner": []}}, ["/roles/owner"]),
        ({"schema": {}}, ["/schema"]),
    ],
)
def test_what_is_wrong_with_a_form_is_told_by_its_place(ask, document, dana, installed, said, pointers):
    told = ask(dana, "post", "forms", {"document": document, **said}, status=422)

    assert [one["pointer"] for one in told["faults"]][:1] == pointers
    assert ask(dana, "get", "forms")["forms"] == []


def test_nobody_publishes_by_a_form_to_what_is_not_theirs(ask, document, alice, nobody):
    told = ask(alice, "post", "forms", {"document": document}, status=422)
    checked = ask(alice, "post", "forms/new/check", {"document": document})

    assert {one["pointer"] for one in told["faults"]} == {"/document/index", "/document/collection"}
    assert {one["pointer"] for one in checked["faults"]} == {"/index", "/collection"}
    ask(None, "post", "forms", {"document": document}, status=401)


def test_an_address_that_is_taken_is_a_conflict(ask, made, document, dana):
    told = ask(dana, "post", "forms", {"document": document, "slug": "runs"}, status=409)

    assert told["code"] == "conflict"


def test_roles_are_given_and_taken_back_one_by_one(ask, made, dana, alice, bob):
    for one in (alice, bob):
        ask(dana, "post", "forms/runs/roles", {"role": "reviewer", "principal": urn(one)}, status=201)

    ask(dana, "delete", f"forms/runs/roles/reviewer/{urn(alice)}", status=204)

    held = ask(dana, "get", "forms/runs/roles")
    assert held == {"owner": [urn(dana)], "administrator": [], "reviewer": [urn(bob)], "submitter": [], "viewer": []}
    ask(dana, "delete", f"forms/runs/roles/reviewer/{urn(alice)}", status=404)
    ask(dana, "delete", f"forms/runs/roles/owner/{urn(dana)}", status=404)
    everybody = {"role": "reviewer", "principal": ALL_AUTHENTICATED}
    assert ask(dana, "post", "forms/runs/roles", everybody, status=422)["faults"][0]["pointer"] == "/principal"
    ask(bob, "get", "forms/runs/roles", status=403)
    ask(alice, "get", "forms/runs/roles", status=404)


def test_a_form_is_taken_elsewhere_and_brought_in(ask, made, dana, alice):
    exported = ask(dana, "get", "forms/runs/export")

    copy = ask(alice, "post", "forms/import", exported, status=201)

    assert (copy["slug"], copy["is_open"]) == ("runs-2", False)
    assert "collection" not in ask(alice, "get", "forms/runs-2/document")
    ask(alice, "get", "forms/runs/export", status=404)


@pytest.mark.parametrize(
    ("told", "pointer"), [([], ""), ({"document": {"title": 1}}, "/document/title"), ({"title": 1}, "/title")]
)
def test_what_is_no_form_is_not_brought_in(ask, alice, told, pointer):
    refused = ask(alice, "post", "forms/import", told, status=422)

    assert pointer in {one["pointer"] for one in refused["faults"]}


def test_roles_that_are_none_are_not_brought_in(ask, made, dana, alice):
    told = {**ask(dana, "get", "forms/runs/export"), "roles": {"viewer": [ALL_AUTHENTICATED, "everybody"]}}

    refused = ask(alice, "post", "forms/import", told, status=422)

    assert [one["pointer"] for one in refused["faults"]] == ["/roles/viewer/1"]


def test_a_deleted_form_is_found_by_nobody_and_what_it_published_stays(ask, form, draft, published, dana, alice):
    published(draft)

    ask(alice, "delete", f"forms/{form.slug}", status=403)
    ask(dana, "delete", f"forms/{form.slug}", status=204)

    ask(dana, "get", f"forms/{form.pk}", status=404)
    assert ask(None, "get", f"submissions/{draft.pk}/versions/1")["name"] == "Lysozyme on a chip"


def test_forms_are_read_page_by_page(ask, make_form, alice):
    slugs = {make_form(title=f"Form {number}").slug for number in range(3)}

    first = ask(alice, "get", "forms?role=submitter&limit=2")
    second = ask(alice, "get", f"forms?limit=2&marker={first['marker']}")

    told = [one for page in (first, second) for one in page["forms"]]
    assert ([one["slug"] for one in told], second["marker"]) == (sorted(slugs), None)
    assert all(one["may_submit"] for one in told)
    other = ask(alice, "get", f"submissions?marker={first['marker']}", status=400)
    assert other["place"] == "marker"
