"""The owner of a timer is written to once: when it rests because nothing came of its turns."""

import pytest

from apps.flows.models import Flow
from tests.timers.conftest import HOUR, told


@pytest.fixture
def fails(make_timer, tick, clock, django_capture_on_commit_callbacks):
    """A timer of which nothing comes, after so many turns."""

    def fails(turns, **more):
        timer = make_timer(most_failures=2, **more)
        Flow.objects.update(deleted_at=clock())
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(turns):
                tick()
                clock.now += HOUR
        return timer

    return fails


def test_one_failure_is_not_told(fails, mailoutbox):
    assert (told(fails(1)), mailoutbox) == (["failed"], [])


def test_one_mail_tells_that_it_rests_and_why(fails, alice, mailoutbox, settings):
    timer = fails(4)

    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([alice.email], "Each hour rests: nothing came of its last turns")
    assert "There is no such flow that you may see" in mail.body
    assert f"{settings.PUBLIC_URL}/timers/{timer.pk}/\n" in mail.body
    assert "resume the timer on its page" in mail.body


def test_a_mail_server_that_is_away_takes_nothing_from_the_timer(fails, settings, caplog):
    settings.EMAIL_BACKEND = "tests.flows.test_mails.Away"

    timer = fails(2)

    timer.refresh_from_db()
    assert timer.state == "paused"
    assert "a mail could not be sent" in caplog.text


def test_who_has_no_address_is_not_written_to(fails, alice, mailoutbox):
    alice.email = ""
    alice.save(update_fields=["email"])

    timer = fails(2)

    timer.refresh_from_db()
    assert (timer.state, mailoutbox) == ("paused", [])
