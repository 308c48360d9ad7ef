"""Drafts by HTTP: begun, saved, shared, filled, checked and planned; nobody else's."""

import pytest

from tests.publish.conftest import urn


def test_a_draft_is_begun_saved_and_told_to_its_author_alone(ask, form, alice, bob, nobody):
    made = ask(alice, "post", "submissions", {"form": form.slug, "content": {"title": "One"}}, status=201)
    at = f"submissions/{made['id']}"

    saved = ask(alice, "patch", at, {"content": {"title": "Two"}, "revision": 1})

    assert (saved["name"], saved["revision"], saved["state"]) == ("Two", 2, "draft")
    assert [one["id"] for one in ask(alice, "get", "submissions")["submissions"]] == [made["id"]]
    assert ask(bob, "get", "submissions")["submissions"] == []
    assert ask(bob, "get", at, status=404)["code"] == "publish.no_such_submission"
    ask(None, "get", at, status=401)


def test_an_etag_says_which_revision_was_seen(api, at, alice):
    url = f"/api/publish/{at()}"
    tag = api(alice).get(url).headers["ETag"]

    first = api(alice).patch(url, {"note": "a"}, format="json", headers={"If-Match": tag})
    second = api(alice).patch(url, {"note": "b"}, format="json", headers={"If-Match": tag})

    assert (first.status_code, first.headers["ETag"], second.status_code) == (200, '"2"', 412)
    assert second.json()["code"] == "publish.draft_changed"
    unsaid = api(alice).patch(url, {"note": "b"}, format="json")
    assert (unsaid.status_code, unsaid.json()["faults"][0]["pointer"]) == (422, "/revision")


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"contents": {}}, "/contents"),
        ({"content": []}, "/content"),
        ({"content": {"title": "\0"}}, "/content"),
        ({"revision": "2"}, "/revision"),
        ({"files": [{"collection": "x", "path": "/"}]}, "/files/0/collection"),
        ({"files": [{"collection": "00000000-0000-4000-8000-000000000000", "path": "up"}]}, "/files/0/path"),
        ({"files": [{"collection": "00000000-0000-4000-8000-000000000000", "path": "/up"}]}, "/files"),
        ({"visibility": {"choice": 1}}, "/visibility/choice"),
    ],
)
def test_what_is_wrong_with_a_document_is_told_by_its_place(ask, at, alice, said, pointer):
    told = ask(alice, "patch", at(), {"revision": 1, **said}, status=422)

    assert (told["status"], [one["pointer"] for one in told["faults"]]) == (422, [pointer])


def test_faults_of_a_draft_are_told_and_keep_it_from_being_sent_in(ask, at, alice):
    ask(alice, "patch", at(), {"content": {"energy": -1}, "revision": 1})
    wrong = {"/title", "/energy"}

    assert {one["pointer"] for one in ask(alice, "get", at("check"))["faults"]} == wrong
    refused = ask(alice, "post", at("submit"), {"revision": 2}, status=422)
    assert refused["code"] == "publish.not_ready"
    assert {one["pointer"] for one in refused["faults"]} == {*wrong, "/sample/protein"}


def test_content_is_checked_without_being_kept(ask, form, alice):
    told = ask(alice, "post", f"forms/{form.slug}/check", {"content": {"energy": "much"}})

    assert {one["pointer"] for one in told["faults"]} == {"/title", "/energy"}
    assert ask(alice, "get", "submissions")["submissions"] == []


def test_the_plan_says_what_will_happen(ask, at, draft, alice, archive, index, team_urn):
    plan = ask(alice, "get", at("plan"))

    assert plan["faults"] == []
    assert [(one["target"], one["files"], one["bytes"]) for one in plan["copies"]] == [
        ({"collection": str(archive.pk), "path": f"/Lysozyme/{draft.short_id}/v1/chip"}, 3, 21)
    ]
    assert [(one["principal"], one["opens_at"]) for one in plan["rules"]] == [("public", None)]
    assert [(one["entry_id"], one["visible_to"]) for one in plan["entries"]] == [
        ("", ["public"]),
        ("team", [urn(alice), team_urn]),
    ]
    assert plan["index"] == str(index.pk)


def test_a_draft_is_shared_and_copied(ask, at, alice, bob, charlie):
    told = ask(alice, "put", at("roles"), {"editor": [urn(bob)]})

    assert told == {"editor": [urn(bob)], "viewer": []}
    assert ask(bob, "patch", at(), {"note": "Mine too", "revision": 1})["revision"] == 2
    assert ask(bob, "put", at("roles"), {"editor": []}, status=403)["code"] == "not_allowed"
    copy = ask(bob, "post", at("copy"), status=201)
    assert (copy["author"], copy["files"]) == (urn(bob), [])
    ask(charlie, "post", at("copy"), status=404)


def test_files_propose_values_which_are_accepted(ask, make_form, alice, staging):
    rule = {"at": "/sample/protein", "path": r"/(?P<value>\w+)/image_0"}
    made = ask(alice, "post", "submissions", {"form": make_form(proposals=[rule]).slug}, status=201)
    at, files = f"submissions/{made['id']}", [{"collection": str(staging.pk), "path": "/chip"}]

    filled = ask(alice, "put", f"{at}/files", {"files": files, "revision": 1})
    accepted = ask(alice, "post", f"{at}/accept", {"pointers": ["/sample/protein"], "revision": 2})

    assert filled["content"] == {"sample": {"protein": "chip"}}
    assert filled["proposed"]["/sample/protein"]["value"] == "chip"
    assert (accepted["proposed"], accepted["files"]) == ({}, files)


def test_a_draft_is_thrown_away(ask, at, alice, bob):
    ask(bob, "delete", at(), status=404)
    ask(alice, "delete", at(), status=204)
    ask(alice, "get", at(), status=404)


def test_a_draft_is_thrown_away_through_a_socket_which_has_no_address(api, at, alice):
    answer = api(alice).delete(f"/api/publish/{at()}", REMOTE_ADDR="")

    assert answer.status_code == 204, answer.content


def test_a_table_becomes_drafts_with_a_report_by_row(api, form, alice):
    rows = "title,sample.protein,energy\nOne,Lysozyme,12\nTwo,,much\n"

    answer = api(alice).post(f"/api/publish/forms/{form.slug}/table", rows, content_type="text/csv")

    assert answer.status_code == 201, answer.content
    first, second = answer.json()["rows"]
    assert (first["line"], first["faults"]) == (2, [])
    assert [one["pointer"] for one in second["faults"]] == ["/energy"]


def test_an_empty_table_is_no_draft(api, form, alice):
    answer = api(alice).post(f"/api/publish/forms/{form.slug}/table", "", content_type="text/csv")

    assert (answer.status_code, answer.json()["faults"][0]["pointer"]) == (422, "/table")


def test_lists_are_read_page_by_page(ask, form, draft_of, alice):
    drafts = {str(draft_of(form).pk) for _ in range(3)}

    first = ask(alice, "get", "submissions?limit=2&states=draft")
    second = ask(alice, "get", f"submissions?limit=2&marker={first['marker']}")

    assert {one["id"] for page in (first, second) for one in page["submissions"]} == drafts
    assert second["marker"] is None
    assert ask(alice, "get", "submissions?states=published")["submissions"] == []
    ask(alice, "get", "submissions?states=lost", status=400)
