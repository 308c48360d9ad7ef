"""Whatever is sent to the pages of drafts, they answer, and a draft is what it was or what was meant."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.flows.conftest import text
from tests.web.publish.test_drafts import fields, now, url

RUBBISH = [
    {"do": "save", "revision": "٣"},
    {"do": "save", "revision": "99999999999999999999"},
    {
        "do": "merge",
        "seen": "[]",
        "pick:": "theirs",
        "pick:/a/~2/0": "theirs",
        "pick:?choice": "theirs",
        "revision": "1",
    },
    {"do": "merge", "seen": "9" * 5000, "pick:/title/0": "theirs", "revision": "1"},
    {"do": "auto", "revision": "x"},
    {"do": "accept:input/none"},
    {"do": "remove:input/sample:9"},
    {"do": "\0"},
    {"do": "save", "input?raw": "1", "input?json": "[" * 5000},
    {"do": "save", "input?raw": "1", "input?json": '{"title": "\\ud800"}', "revision": "1"},
    {"do": "save", "input/title": "a\0b", "choice": "\0", "embargo": "x" * 500, "revision": "1"},
    {"do": "remove:٣"},
    {"do": "folder", "collection": "\0", "path": "/\0"},
    {"do": "add", "chosen": ["%", "%zz", "\0"], "path": "/%ff/"},
    {"role": "editor", "principal": "\0"},
    {"role": "editor", "principal": "urn:globus:groups:id:x"},
    {"revision": "1", "note": "\0" * 5000},
]


@pytest.mark.parametrize("sent", RUBBISH)
@pytest.mark.parametrize("page", ["", "files/", "people/", "plan/"])
def test_rubbish_is_answered(mine, draft, page, sent):
    answer = mine.post(url(draft, page), sent)

    assert answer.status_code < 500
    if now(draft).state == "draft":
        assert mine.get(url(draft)).status_code == 200


def test_more_fields_than_can_be_sent_are_refused_with_what_to_do(mine, draft):
    many = {f"input/people/{number}": "x" for number in range(10_001)}

    answer = mine.post(url(draft), {**many, "do": "save", "revision": "1"})

    assert answer.status_code == 413
    assert "write its longest list as JSON" in text(answer)


def test_a_page_from_before_a_sign_in_says_that_nothing_was_changed(draft):
    mine = Client(enforce_csrf_checks=True)
    mine.force_login(draft.author)

    answer = mine.post(url(draft), {"do": "save", "input/title": "x", "revision": str(draft.revision)})

    assert answer.status_code == 403
    assert "Nothing was changed" in text(answer)
    assert now(draft).content == draft.content


def test_rubbish_in_addresses_is_answered(mine, draft, form, staging):
    for query in ("collection=x", f"collection={staging.pk}&path=x", f"collection={staging.pk}&page=0&contains=%00"):
        assert mine.get(f"{url(draft, 'files/')}?{query}").status_code < 500
    assert mine.get("/publish/drafts/?page=x").status_code == 200
    assert mine.get(f"/publish/{form.slug}/new/?index=x&subject=%00").status_code == 200
    assert mine.post(f"/publish/{form.slug}/new/", {"index": "runs", "subject": "\0"}).status_code == 404


@pytest.mark.parametrize("table", ['{"\\ud800": 1}', '{"title": "\\ud800"}', "\0title\nx", '"', "{", "[]", "title\n\0"])
def test_rubbish_in_tables_is_answered(mine, form, table):
    sent = SimpleUploadedFile("t.csv", table.encode())

    assert mine.post(f"/publish/{form.slug}/bulk/", {"file": sent}).status_code in {200, 400}
    assert mine.post(f"/publish/{form.slug}/bulk/", {"table": table}).status_code in {200, 400}


def test_a_form_is_sent_back_as_it_was(mine, draft):
    before = now(draft)

    mine.post(url(draft), {**fields(mine.get(url(draft))), "do": "save"})

    after = now(draft)
    assert (after.content, after.typed, after.wanted, after.files) == (
        before.content,
        before.typed,
        before.wanted,
        before.files,
    )
