"""Who sees a record and not its files asks its authors for them."""

from urllib.parse import quote_plus

import pytest
from django.core import mail

from tests.web.publish.records.conftest import page_of
from tests.web.publish.records.test_records_told import shut


@pytest.fixture
def ask(get):
    """What somebody is answered who asks for files; the outbox has mails about that alone."""
    mail.outbox.clear()

    def ask(version, user, text="For a thesis."):
        return get(f"{page_of(version)}request/", user, method="post", data={"text": text})

    return ask


@pytest.fixture
def shut_version(version, archive, dana):
    shut(archive, dana)
    return version


def test_the_authors_get_a_mail_that_they_can_answer(shut_version, ask, charlie):
    answer = ask(shut_version, charlie)

    [sent] = mail.outbox
    assert answer["Location"] == page_of(shut_version)
    assert (sent.to, sent.reply_to) == (["alice@example.org"], ["charlie@example.org"])
    assert sent.subject == "Charlie asks for files of Lysozyme on a chip"
    for text in ("For a thesis.", page_of(shut_version), 'in the collection "archive"'):
        assert text in sent.body


def test_one_mail_a_day_for_each_record(shut_version, ask, charlie):
    assert [ask(shut_version, charlie).status_code for _ in range(3)] == [302, 409, 409]
    assert len(mail.outbox) == 1


def test_why_is_to_be_said_and_costs_no_request_when_it_is_not(shut_version, ask, charlie):
    assert ask(shut_version, charlie, text=" ").status_code == 400
    assert ask(shut_version, charlie).status_code == 302


def test_nobody_asks_without_signing_in(shut_version, ask, get):
    assert ask(shut_version, None).status_code == 401
    told = get(url := f"{page_of(shut_version)}request/")
    assert (told.status_code, f'href="/account/login/?next={quote_plus(url)}">Sign in</a>' in told.text) == (401, True)


def test_who_may_read_them_has_nothing_to_ask_for(version, ask, charlie):
    assert ask(version, charlie).status_code == 409


def test_who_sees_a_section_alone_or_nothing_does_not_ask(embargoed, ask, bob, charlie):
    assert [ask(embargoed, user).status_code for user in (bob, charlie)] == [409, 404]
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_told_of(shut_version, ask, charlie, monkeypatch):
    def refuse(_mail):
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    assert ask(shut_version, charlie).status_code == 503
