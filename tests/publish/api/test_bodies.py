"""Whatever a program sends, it is told what is wrong with it, and what to do; and nothing is half done."""

import pytest

from apps.publish.api import base
from apps.publish.models import Submission

URL = "/api/publish/submissions"


@pytest.fixture
def post(api, alice):
    def post(body, kind="application/json", **more):
        answer = api(alice).generic("POST", URL, body, content_type=kind, **more)
        assert not Submission.objects.exists()
        return answer.status_code, answer.json()

    return post


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ("{", 400, None),
        ("\ufeff{", 400, None),
        ('{"form": "runs", "content": {"a": NaN}}', 400, None),
        ('{"form": "runs", "content": {"a": [1e999]}}', 422, "/content"),
        ('{"form": "runs", "content": {"a": ' + "9" * 5000 + "}}", 400, None),
        ("[" * 100_000, 400, None),
        ("[]", 422, ""),
        ("null", 422, ""),
        ("", 422, "/form"),
        ('{"form": "runs", "revision": 1}', 422, "/revision"),
    ],
)
def test_what_is_no_document_is_refused_with_its_place(post, form, body, status, pointer):
    told = post(body)

    assert told[0] == status, told
    assert pointer is None or [one["pointer"] for one in told[1]["faults"]] == [pointer]


def test_another_kind_of_body_is_told_which_one_to_send(post, form):
    status, told = post("form=runs", "application/x-www-form-urlencoded")

    assert (status, "application/json" in told["message"]) == (415, True)


def test_a_body_that_is_too_large_is_not_read(post, form, monkeypatch):
    monkeypatch.setattr(base.PublishView, "most_body", 100)

    assert post('{"form": "runs", "note": "' + "x" * 100 + '"}')[0] == 413


def test_a_body_in_chunks_is_asked_for_with_its_length(post, form):
    """Else it would be taken for an empty one."""
    status, told = post('{"form": "runs"}', HTTP_TRANSFER_ENCODING="chunked")

    assert (status, told["code"]) == (411, "length_required")


def test_who_wants_no_json_is_told_that_there_is_nothing_else(api, alice):
    answer = api(alice).get(URL, headers={"Accept": "text/html"})

    assert (answer.status_code, "application/json" in answer.json()["message"]) == (406, True)


def test_a_parameter_that_no_list_has_is_not_passed_over(ask, alice):
    assert ask(alice, "get", "submissions?state=draft", status=400)["place"] == "state"


def test_the_etag_of_a_compressed_answer_is_good_too(api, at, alice):
    url = f"/api/publish/{at()}"
    tag = api(alice).get(url, headers={"Accept-Encoding": "gzip"}).headers["ETag"]

    saved = api(alice).patch(url, {"note": "a"}, format="json", headers={"If-Match": tag})

    assert (tag, saved.status_code) == ('W/"1"', 200)


@pytest.mark.parametrize("tag", ["*", '"x"', "1", '"1", "2"', '""', '"99999999999"', '"١"'])
def test_an_etag_that_is_none_of_ours_changes_nothing(api, at, draft, alice, tag):
    told = api(alice).patch(f"/api/publish/{at()}", {"note": "a"}, format="json", headers={"If-Match": tag})

    assert (told.status_code, told.json()["code"]) == (412, "publish.draft_changed")
    assert Submission.objects.get(pk=draft.pk).note == ""
