"""Who writes, and who reviews, get a mail when something is to be done or was done; never who did it."""

import logging
import smtplib

import pytest
from django.core import mail, serializers
from django.core.management import call_command

from apps.publish import services as publish
from tests.publish.conftest import urn
from tests.publish.test_undoing import failing

PUBLIC = "https://portal.example.org"


@pytest.fixture
def form(make_form, bob):
    return make_form(reviewers=[urn(bob)])


@pytest.fixture
def sent(draft, alice):
    return publish.submit(submission=draft, actor=alice, revision=1, note="Please be quick.")


@pytest.fixture
def told(django_capture_on_commit_callbacks, settings):
    """Does something, and tells to whom mails went."""
    settings.PUBLIC_URL = PUBLIC

    def told(what, **asked):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            what(**asked)
        return {one.to[0]: one for one in mail.outbox}

    return told


def test_reviewers_hear_of_what_was_sent_in(told, draft, alice, team):
    mails = told(publish.submit, submission=draft, actor=alice, revision=1, note="Please be quick.")

    assert list(mails) == ["bob@example.org"]
    letter = mails["bob@example.org"]
    assert letter.subject == "Lysozyme on a chip waits for your review"
    assert f"{PUBLIC}/publish/review/{draft.pk}/" in letter.body
    assert "Please be quick." in letter.body
    assert "alice@vitrine.local has sent in “Lysozyme on a chip”" in letter.body


def test_groups_review_and_its_author_is_not_asked(told, make_form, draft_of, alice, team):
    draft = draft_of(make_form(reviewers=[f"urn:globus:groups:id:{team.pk}"]))

    assert list(told(publish.submit, submission=draft, actor=alice, revision=1)) == ["bob@example.org"]


def test_who_wrote_it_hears_that_it_was_sent_back_and_why(told, sent, alice, bob, charlie):
    publish.share_submission(submission=sent, actor=alice, roles={"editor": [urn(charlie)]})
    publish.comment(submission=sent, actor=bob, pointer="/title", text="Longer.")

    mails = told(publish.send_back, submission=sent, actor=bob, note="Name the protein.")

    assert sorted(mails) == ["alice@example.org", "charlie@example.org"]
    assert "Name the protein." in mails["alice@example.org"].body
    assert "There is a comment on its fields." in mails["alice@example.org"].body
    assert f"{PUBLIC}/publish/drafts/{sent.pk}/" in mails["alice@example.org"].body


def test_who_wrote_it_hears_that_it_was_approved(told, sent, bob):
    mails = told(publish.approve, submission=sent, actor=bob, note="Well done.")

    assert {to: one.subject for to, one in mails.items()} == {"alice@example.org": "Lysozyme on a chip was approved"}
    assert "Well done." in mails["alice@example.org"].body


def test_what_was_undone_says_why(told, sent, bob, work, monkeypatch):
    failing(monkeypatch, "permit")
    publish.approve(submission=sent, actor=bob)

    undone = told(work, submission=sent)["alice@example.org"]

    assert (undone.subject, "It broke." in undone.body) == ("Lysozyme on a chip was not published", True)


def test_what_is_published_and_withdrawn_leads_to_its_page(told, make_form, draft_of, published, alice, dana):
    draft = draft_of(make_form())
    done = told(published, draft=draft)["alice@example.org"]
    draft.refresh_from_db()

    gone = told(publish.withdraw, submission=draft, actor=dana, reason="Mislabelled.")["alice@example.org"]

    assert [one.subject.removeprefix("Lysozyme on a chip ") for one in (done, gone)] == [
        "is published",
        "was withdrawn",
    ]
    assert all(f"{PUBLIC}/records/{draft.pk}/v1/" in one.body for one in (done, gone))
    assert "Mislabelled." in gone.body


def test_a_mail_server_that_is_away_takes_nothing_from_it(told, draft, alice, monkeypatch, caplog):
    def refuse(*_):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with caplog.at_level(logging.WARNING):
        told(publish.submit, submission=draft, actor=alice, revision=1)

    draft.refresh_from_db()
    assert draft.state == "in_review"
    assert "could not be told to all" in caplog.text


def test_nobody_is_written_to_when_it_is_not_kept(told, draft, alice, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks():  # and never committed
        publish.submit(submission=draft, actor=alice, revision=1)

    assert mail.outbox == []


def test_what_is_put_back_from_a_copy_is_not_told_again(told, sent, tmp_path):
    copy = tmp_path / "events.json"
    copy.write_text(serializers.serialize("json", sent.events.all()))
    sent.events.all().delete()

    assert told(lambda: call_command("loaddata", str(copy), verbosity=0)) == {}
    assert [one.kind for one in sent.events.all()] == ["begun", "sent"]


def test_a_name_of_several_lines_is_no_header_of_its_own(told, draft, alice, bob):
    told_so = publish.DraftChanges(content={**draft.content, "title": "One\nBcc: x@example.org"})
    saved = publish.save_draft(submission=draft, actor=alice, revision=1, told=told_so)

    mails = told(publish.submit, submission=saved, actor=alice, revision=2)

    assert mails["bob@example.org"].subject == "One Bcc: x@example.org waits for your review"
