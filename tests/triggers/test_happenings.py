"""Messages, webhooks and the ends of runs start runs: each once, and for whom it may concern."""

import base64
import hashlib
import hmac
import json

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.flows.models import Run
from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.errors import IsAnother, NotSigned
from apps.triggers.types import Happening, Message, RunEnd, Webhook
from tests.flows.conftest import HELLO, Clock, carried
from tests.triggers.conftest import work

WORD = {"body": {"word.$": "$.body.word"}}


def said(trigger):
    return [Run.objects.get(pk=one.run_id).input.get("word") for one in trigger.firings.exclude(run_id=None)]


def test_a_message_starts_a_run_once(make_trigger, clock):
    trigger = make_trigger(Message(), body=WORD)
    for _ in range(2):
        triggers.send_message(trigger=trigger, message=Happening("1", {"body": {"word": "hi"}}), now=clock())
        work(clock)

    assert said(trigger) == ["hi"]


def test_messages_to_a_trigger_that_rests_wait(make_trigger, clock):
    trigger = make_trigger(Message(), body=WORD, begins=False)
    triggers.send_message(trigger=trigger, message=Happening("", {"body": {"word": "hi"}}), now=clock())
    work(clock)
    assert said(trigger) == []
    triggers.begin_trigger(trigger=trigger, now=clock())
    work(clock)

    assert said(trigger) == ["hi"]


def test_a_trigger_of_another_kind_takes_no_message(make_trigger, clock):
    with pytest.raises(IsAnother):
        triggers.send_message(trigger=make_trigger(), message=Happening("1", {}), now=clock())


@pytest.fixture
def hook(make_trigger):
    trigger = make_trigger(Webhook(), body=WORD)
    return trigger, triggers.new_secret(trigger=trigger)


def signed(secret, body, clock, its_id="msg_1"):
    """As the standard asks for: written here a second time."""
    at = str(int(clock().timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{its_id}.{at}.{body}".encode(), hashlib.sha256).digest()
    signature = f"v1,bm8= v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": its_id, "webhook-timestamp": at, "webhook-signature": signature}


BODY = json.dumps({"word": "hooked"})


def test_a_signed_request_starts_a_run_once(hook, clock):
    trigger, secret = hook
    for _ in range(2):
        headers = signed(secret, BODY, clock)
        triggers.receive_webhook(trigger.pk, headers=headers, body=BODY.encode(), now=clock())
        work(clock)

    assert said(trigger) == ["hooked"]


def test_a_request_that_github_signed_is_taken_once(hook, clock):
    trigger, secret = hook
    digest = hmac.new(secret.encode(), BODY.encode(), hashlib.sha256).hexdigest()
    headers = {"x-hub-signature-256": f"sha256={digest}", "x-github-delivery": "1"}
    for _ in range(2):
        triggers.receive_webhook(trigger.pk, headers=headers, body=BODY.encode(), now=clock())
        work(clock)

    assert said(trigger) == ["hooked"]


def refused(trigger, headers, body, clock):
    with pytest.raises(NotSigned):
        triggers.receive_webhook(trigger.pk, headers=headers, body=body.encode(), now=clock())
    return not trigger.firings.exists()


def test_what_is_not_signed_is_refused(hook, clock):
    trigger, secret = hook
    right = signed(secret, BODY, clock)

    assert refused(trigger, {}, BODY, clock)
    assert refused(trigger, right, BODY.replace("hooked", "forged"), clock)
    assert refused(trigger, {**right, "webhook-id": "msg_2"}, BODY, clock)
    assert refused(trigger, {**right, "webhook-timestamp": "9" * 20}, BODY, clock)
    assert refused(trigger, {**right, "webhook-signature": "v1,é"}, BODY, clock)
    assert refused(trigger, {"x-hub-signature-256": "sha256="}, BODY, clock)


def test_a_signature_is_good_for_five_minutes(hook, clock):
    trigger, secret = hook
    headers = signed(secret, BODY, clock)
    clock.forward(301)

    assert refused(trigger, headers, BODY, clock)


def test_a_new_secret_ends_the_old_one(hook, clock):
    trigger, secret = hook
    triggers.new_secret(trigger=trigger)

    assert refused(trigger, signed(secret, BODY, clock), BODY, clock)


def over(run, clock):
    run = carried(run, Clock())
    engine.run_ended(run, clock())
    work(clock)
    return run


LABEL = {"body": {"word.$": "$.run.output.word"}}


def test_the_end_of_a_run_starts_another_once(make_trigger, start, clock):
    first = start({"Say": {"Type": "Pass", "End": True}}, {"word": "over"})
    trigger = make_trigger(RunEnd(flow_id=first.flow_id), body=LABEL)
    for _ in range(2):
        over(first, clock)

    assert said(trigger) == ["over"]


def test_a_run_that_fails_concerns_those_that_wait_for_failures(make_trigger, start, clock):
    failing = start({"Stop": {"Type": "Fail", "Error": "E", "Cause": "because"}})
    glad, sad = (
        make_trigger(RunEnd()),
        make_trigger(RunEnd(statuses=("FAILED",)), body={"body": {"word.$": "$.run.id"}}),
    )
    over(failing, clock)

    assert not glad.firings.exists()
    assert said(sad) == [str(failing.pk)]


def test_runs_of_others_concern_who_may_see_them(make_trigger, make_flow, start, bob, charlie, clock):
    roles = {"starter": [identity_urn(accounts.identities_of(one)[0].pk) for one in (bob, charlie)]}
    said_by = make_flow({"Say": HELLO}, roles=roles)
    mine = start({"Say": {"Type": "Pass", "End": True}}, roles={"run_monitor": roles["starter"][:1]})
    bobs, charlies = (make_trigger(RunEnd(), flow=said_by, actor=one) for one in (bob, charlie))
    over(mine, clock)

    assert bobs.firings.count() == 1
    assert not charlies.firings.exists()


def test_a_trigger_does_not_begin_itself_again(make_trigger, start, clock, finish):
    trigger = make_trigger(RunEnd(), body={"body": {"word": "again"}})
    over(start({"Say": {"Type": "Pass", "End": True}}), clock)
    assert said(trigger) == ["again"]
    for firing in trigger.firings.all():
        over(Run.objects.get(pk=firing.run_id), clock)

    assert said(trigger) == ["again"]


def test_two_triggers_do_not_begin_each_other_without_end(make_trigger, start, clock):
    pair = [make_trigger(RunEnd(), body={"body": {"word": "again"}}) for _ in range(2)]
    over(start({"Say": {"Type": "Pass", "End": True}}), clock)
    for _ in range(4):
        for run in Run.objects.all():
            over(run, clock)

    assert [trigger.firings.count() for trigger in pair] == [2, 2]
