"""The presentation of an index over the API: made with it, read, and replaced."""

import pytest

DOCUMENT = {"title": "title", "facets": [{"path": "kind", "label": "Kind"}]}


def test_an_index_is_made_with_its_presentation(api, alice):
    made = api(alice).post(
        "/api/search/v1/index",
        {"display_name": "Runs", "description": "", "presentation": DOCUMENT},
        format="json",
    )

    told = api(alice).get(f"/api/search/v1/index/{made.json()['id']}/presentation")

    assert told.json() == DOCUMENT


def test_what_is_wrong_with_a_presentation_is_told_by_its_place(api, alice):
    body = {"display_name": "Runs", "description": "", "presentation": {"facets": [{"path": 3}]}}

    answer = api(alice).post("/api/search/v1/index", body, format="json")

    assert answer.status_code == 400
    assert list(answer.json()["error_data"]["messages"]["json"]["presentation"]["facets"]["0"]) == ["path"]


def test_a_presentation_is_replaced_by_admins(api, v1, alice):
    put = api(alice).put(v1("presentation") + "?note=by+script", DOCUMENT, format="json")

    assert put.json()["version"] == 1
    assert api(alice).get(v1("presentation")).json() == DOCUMENT
    wrong = api(alice).put(v1("presentation"), {"accent": "red"}, format="json")
    assert (wrong.status_code, wrong.json()["error_data"]["place"]) == (400, "accent")


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("charlie", 403)])
def test_others_neither_read_nor_write_it(api, v1, who, status, request):
    client = api(None if who == "nobody" else request.getfixturevalue(who))

    assert client.get(v1("presentation")).status_code == status
    assert client.put(v1("presentation"), DOCUMENT, format="json").status_code == status
