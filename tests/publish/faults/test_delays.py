"""What cannot be taken back yet says so: why, since when, and who can help; once to them, by mail."""

from datetime import timedelta

import pytest
from django.core import mail

from apps.publish import services as publish
from apps.publish.models import Submission
from tests.publish.conftest import urn
from tests.publish.faults.broken import read_only
from tests.search.conftest import api

__all__ = ["api"]

BOTH_ARE_ALIKE = pytest.mark.parametrize("ready", ["the first version"], indirect=True)


@pytest.fixture
def stuck(sent, work, at, dana_may):
    """Its publisher has lost all rights."""
    at("ingest", lambda: dana_may(everything=False))
    return work(sent(), rounds=20, each_s=60)


@BOTH_ARE_ALIKE
def test_it_is_told_why_since_when_and_who_can_help(stuck, dana):
    delay = publish.delay_of(stuck)

    assert "archive" in delay.why or "Runs" in delay.why
    assert delay.since < stuck.due_at
    assert delay.helpers == (urn(dana),)
    assert publish.delayed() == [stuck]


@BOTH_ARE_ALIKE
def test_its_page_and_the_api_tell_its_author(stuck, client, api, alice):
    client.force_login(alice)

    page = client.get(f"/publish/drafts/{stuck.pk}/").content.decode()
    told = api(alice).get(f"/api/publish/submissions/{stuck.pk}/status").json()

    assert "It cannot go on now" in page
    assert "Who can help: dana" in page
    assert told["delay"]["why"] == stuck.waits_for


@BOTH_ARE_ALIKE
def test_administrators_of_the_portal_see_what_waits(stuck, client, dana, alice, dana_may):
    def seen_by(user):
        client.force_login(user)
        return client.get("/account/delays/")

    assert seen_by(alice).status_code == 404
    dana_may(everything=True)
    [line] = seen_by(dana).context["lines"]
    assert (line.submission, line.delay) == (stuck, publish.delay_of(stuck))


@BOTH_ARE_ALIKE
def test_who_can_help_gets_one_mail(stuck, work):
    letters = [one for one in mail.outbox if "cannot go on now" in one.subject]
    work(stuck, rounds=10, each_s=60)

    assert [one.to for one in letters] == [["dana@example.org"]]
    assert stuck.waits_for in letters[0].body
    assert len([one for one in mail.outbox if "cannot go on now" in one.subject]) == 1


@BOTH_ARE_ALIKE
def test_nothing_is_told_any_more_when_it_went_on(stuck, work, dana_may):
    dana_may(everything=True)

    done = work(stuck, each_s=60)

    assert done.state == Submission.State.DRAFT
    assert publish.delay_of(done) is None
    assert publish.delayed() == []


@BOTH_ARE_ALIKE
def test_what_cannot_be_deleted_is_not_tried_all_the_time(sent, work, at, cancel, away, clock, tmp_path):
    at("permit", lambda: (away.begin(read_only(tmp_path / "archive")), cancel()))

    stuck = work(sent(), rounds=20)

    assert "could not be deleted" in publish.delay_of(stuck).why
    assert stuck.due_at - clock() >= timedelta(minutes=1)
