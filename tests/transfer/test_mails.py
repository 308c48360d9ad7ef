"""Who asked for a mail is told that a task is over."""

import logging

import pytest

from tests.transfer.conftest import fill, wish

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_end_is_told_to_the_owner_with_what_to_do_and_where_to_look(submit, moved, mailoutbox, settings):
    settings.PUBLIC_URL = "https://portal.example.org"

    task = moved(submit(wish("/missing"), notify_on_failed=True))

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["alice@example.org"], f"Transfer {task.pk} failed")
    assert f"https://portal.example.org/tasks/{task.pk}/" in mail.body
    assert "submit again what is there" in mail.body


@pytest.mark.parametrize(
    ("asked", "ending"), [({"notify_on_succeeded": True}, "succeeded"), ({"notify_on_failed": True}, ""), ({}, "")]
)
def test_only_what_was_asked_for_is_told(here, submit, moved, mailoutbox, asked, ending):
    fill(here / "run", a=1)

    task = moved(submit(**asked))

    assert [mail.subject for mail in mailoutbox] == ([f"Transfer {task.pk} {ending}"] if ending else [])


def test_a_label_of_several_lines_makes_one_subject(here, submit, moved, mailoutbox):
    fill(here / "run", a=1)
    task = submit(notify_on_succeeded=True)
    task.label = "Night\nBcc: eve@example.org"
    task.save()

    moved(task)

    assert mailoutbox[0].subject == "Night Bcc: eve@example.org succeeded"


def test_a_mail_server_that_is_away_takes_nothing_from_the_task(here, submit, moved, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    fill(here / "run", a=1)

    with caplog.at_level(logging.WARNING):
        task = moved(submit(notify_on_succeeded=True))

    assert task.status == "SUCCEEDED"
    assert f"the end of transfer {task.pk} could not be told" in caplog.text
