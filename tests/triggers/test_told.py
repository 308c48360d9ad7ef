"""Whoever wants to be told by mail, or by a request to another program, starts a ready-made flow."""

import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.common.webhooks import signature
from apps.flows import services as flows
from apps.flows.models import Flow, Run
from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.types import Records, Webhook
from tests.flows.actions.test_notification import hook
from tests.flows.conftest import Clock, carried
from tests.search.conftest import entry, index, put
from tests.triggers.conftest import work

__all__ = ["hook", "index", "put"]
MAIL = {"body": {"to.$": "$.owner.email", "title.$": "$.trigger.name", "text.$": "$.text"}}


@pytest.fixture
def ready_made(db):
    call_command("install_flows", verbosity=0)
    return lambda name: Flow.objects.select_related("version").get(pk=flows.ready_made_id(name))


def carry_all():
    return [carried(run, Clock()) for run in Run.objects.all()]


def test_a_standing_search_writes_mails(make_trigger, ready_made, put, clock, mailoutbox, settings):
    clock.now = timezone.now()
    make_trigger(Records("runs", "q=lysozyme"), flow=ready_made("write_mail"), body=MAIL)
    put(entry("a/b", title="lysozyme"), entry("c", title="thaumatin"))
    engine.look_at_records(timezone.now())
    clock.now = timezone.now()
    work(clock)
    carry_all()

    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["alice@example.org"], "Hello")
    assert mail.body == f"a/b: {settings.PUBLIC_URL}/runs/detail/a%2Fb/"


def test_what_one_portal_calls_another_takes(make_trigger, ready_made, hook):
    trigger = make_trigger(Webhook(), body={"body": {"word.$": "$.body.word"}})
    secret, url = triggers.new_secret(trigger=trigger), f"http://127.0.0.1:{hook.server_port}/"
    told = {"address": url, "payload": {"word": "hi"}, "_private_secret": secret}
    run = flows.start_run(flow=ready_made("call_webhook"), actor=trigger.owner, input=told)
    assert carried(run, Clock()).status == "SUCCEEDED"
    headers, body = hook.heard[0]
    heard = {name.lower(): value for name, value in headers.items()}
    triggers.receive_webhook(trigger.pk, headers=heard, body=body, now=timezone.now())

    assert trigger.firings.get().facts == {"body": {"word": "hi"}}
    assert secret not in json.dumps(flows.shown_data(run.input))


def test_a_secret_of_another_kind_is_taken_as_it_is_written():
    assert signature("whsec_c2VzYW1l", "1", "2", b"{}") == signature("sesame", "1", "2", b"{}")
    assert signature("whsec_?", "1", "2", b"{}") != signature("", "1", "2", b"{}")
