"""Drafts begin empty, from a submission, from a record, and from the rows of a table."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.publish import services as publish
from apps.search import ingest
from apps.search import services as search
from apps.search.types import EntryDraft
from tests.web.flows.conftest import text

TABLE = "title,energy\nFirst,12\nSecond,high\n"


@pytest.fixture
def address(form):
    return f"/publish/{form.slug}"


def titles(actor):
    return sorted(one.content.get("title", "") for one in publish.find_submissions(actor=actor))


def test_a_table_is_pasted_or_sent_as_a_file(mine, alice, address):
    pasted = mine.post(f"{address}/bulk/", {"table": TABLE})
    sent = mine.post(f"{address}/bulk/", {"file": SimpleUploadedFile("t.csv", b"\xef\xbb\xbf" + TABLE.encode())})

    assert "2 drafts are begun." in text(pasted)
    assert "2 drafts are begun." in text(sent)
    assert titles(alice) == ["First", "First", "Second", "Second"]


def test_a_table_that_is_none_comes_back_with_why(mine, alice, address):
    answer = mine.post(f"{address}/bulk/", {"table": "colour\nred"})

    assert answer.status_code == 400
    assert "knows no column colour" in text(answer)
    assert "red</textarea>" in answer.content.decode()
    assert mine.post(f"{address}/bulk/", {"file": SimpleUploadedFile("t.csv", b"\xff\xfe")}).status_code == 400
    assert titles(alice) == []


def test_a_draft_begins_with_a_submission_that_one_sees(browser, mine, alice, charlie, address, draft):
    mine.post(f"{address}/new/", {"draft": str(draft.pk)})
    assert titles(alice) == ["Lysozyme on a chip"] * 2

    assert browser(charlie).post(f"{address}/new/", {"draft": str(draft.pk)}).status_code == 404


def test_a_draft_begins_with_a_record(mine, alice, dana, address, index):
    search.submit_entries(index=index, actor=dana, entries=[EntryDraft("run:1", {"title": "Old"}, ("public",))])
    ingest.drain(index.pk, clock=timezone.now)

    page = mine.get(f"{address}/new/", {"index": "runs", "subject": "run:1"})
    assert 'name="subject" value="run:1"' in page.content.decode()
    mine.post(f"{address}/new/", {"index": "runs", "subject": "run:1"})

    mine.post(f"{address}/new/", {"record": "http://testserver/runs/detail/run:1/"})

    assert titles(alice) == ["Old", "Old"]
    assert mine.post(f"{address}/new/", {"index": "runs", "subject": "run:2"}).status_code == 404
    for told in ("http://testserver/flows/", "runs/detail/run:2/", "http://[", "x"):
        assert mine.post(f"{address}/new/", {"record": told}).status_code == 404


def test_who_may_not_submit_finds_no_form(browser, make_form, charlie, team_urn):
    form = make_form(submitters=[team_urn])

    for page in ("new", "bulk"):
        assert browser(charlie).get(f"/publish/{form.slug}/{page}/").status_code == 404
        assert browser().get(f"/publish/{form.slug}/{page}/").status_code == 302


def test_the_first_page_leads_to_what_one_writes(browser, mine, draft, charlie):
    page = mine.get("/publish/").content.decode()

    assert f"/publish/drafts/{draft.pk}/" in page
    assert f"/publish/{draft.form.slug}/new/" in page
    assert str(draft.pk) not in browser(charlie).get("/publish/").content.decode()
