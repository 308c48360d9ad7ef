"""The owner of a run is written to at the statuses that they asked for."""

import logging

import pytest

from apps.flows import services as flows
from apps.flows import tasks
from apps.flows.models import Run
from tests.flows.conftest import HELLO

pytestmark = pytest.mark.django_db
FAILS = {"Oops": {"Type": "Fail", "Error": "Oops", "Cause": "as told"}}
PASSES = {"One": {"Type": "Pass", "End": True}}
NAPS = {"Nap": {"Type": "Wait", "Seconds": 1000, "End": True}}


@pytest.fixture
def told(make_flow, alice, carry):
    """A run with this policy, after all that is due was done and told of."""

    def told(states, *statuses):
        changes = flows.RunChanges(label="Night\nshift", notify_on=statuses)
        return news(carry(flows.start_run(flow=make_flow(states), actor=alice, input={}, told=changes)))

    def news(run):
        for one in Run.objects.filter(news_at__isnull=False):
            tasks.tell_news(one)
        return run

    told.news = news
    return told


@pytest.mark.parametrize(
    ("states", "statuses", "subjects"),
    [
        (PASSES, ["SUCCEEDED"], ["Night shift succeeded"]),
        (PASSES, ["FAILED", "INACTIVE"], []),
        (FAILS, ["FAILED"], ["Night shift failed"]),
        (FAILS, ["SUCCEEDED"], []),
        (FAILS, [], []),
    ],
)
def test_only_what_was_asked_for_is_told(told, mailoutbox, states, statuses, subjects):
    told(states, *statuses)

    assert [mail.subject for mail in mailoutbox] == subjects
    assert not Run.objects.filter(news_at__isnull=False).exists()


def test_a_mail_says_what_went_wrong_and_where_to_look(told, mailoutbox, settings):
    settings.PUBLIC_URL = "https://portal.example.org"

    run = told(FAILS, "FAILED")

    (mail,) = mailoutbox
    assert mail.to == ["alice@example.org"]
    assert "Oops: as told" in mail.body
    assert f"https://portal.example.org/flows/runs/{run.pk}/" in mail.body


def test_an_owner_is_told_what_a_run_waits_for(told, mailoutbox, carry, alice):
    run = told(NAPS, "INACTIVE")
    halt = {"code": "ConsentRequired", "description": "Let it use the robot.", "required_scopes": ["urn:robot"]}
    Run.objects.filter(pk=run.pk).update(halt=halt, due_at=run.started_at)

    told.news(carry(run))

    (mail,) = mailoutbox
    assert mail.subject == "Night shift waits for you"
    assert "Let it use the robot." in mail.body


def test_a_pause_is_no_news(told, mailoutbox, carry, alice):
    run = told(NAPS, "INACTIVE", "FAILED")

    flows.pause_run(run=run, actor=alice)
    assert told.news(carry(run)).status == "INACTIVE"

    assert mailoutbox == []


def test_news_that_nobody_told_are_told_by_the_sweeper_once(told, mailoutbox, make_flow, alice, carry):
    changes = flows.RunChanges(notify_on=["SUCCEEDED"])
    run = carry(flows.start_run(flow=make_flow(PASSES), actor=alice, input={}, told=changes))
    tasks.sweep()
    assert mailoutbox == []

    Run.objects.update(news_at=run.ended_at - 2 * tasks.OLD_NEWS)
    tasks.sweep(), tasks.sweep()

    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_away_takes_nothing_from_the_run(told, settings, caplog):
    settings.EMAIL_BACKEND = "tests.flows.test_mails.Away"
    with caplog.at_level(logging.WARNING):
        run = told({"Greet": {**HELLO, "Parameters": {}}}, "SUCCEEDED")

    assert run.status == "SUCCEEDED"
    assert "a mail could not be sent" in caplog.text


class Away:
    def __init__(self, **_options):
        pass

    def send_messages(self, messages):
        raise OSError("nobody listens")


def test_by_default_a_run_tells_when_it_waits(make_flow, client, alice):
    client.force_login(alice)

    answer = client.post(f"/api/flows/flows/{make_flow(NAPS).pk}/run", {"body": {}}, "application/json")

    assert Run.objects.get(pk=answer.json()["run_id"]).notify_on == ["INACTIVE"]
