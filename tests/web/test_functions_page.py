"""Administrators of the portal see the functions that flows may run, and switch them off."""

import uuid

import pytest
from django.utils import timezone

from apps.accounts.models import AuditEvent
from apps.flows.models import Action, Job
from tests.flows.computing.conftest import admin, register

__all__ = ["admin", "register"]
AT = "/account/functions/"


def test_they_are_for_administrators_of_the_portal(client, admin, bob):
    def status(user):
        client.force_login(user) if user else client.logout()
        return client.get(AT).status_code

    assert [status(user) for user in (admin, bob, None)] == [200, 404, 302]


def test_each_function_is_told_with_who_may_run_it_and_how_it_is_doing(client, admin, register):
    function = register("count", kind="command", target=["wc", "-l", "{path}"], queue="gpu")
    now = timezone.now()
    action = Action.objects.create(provider="compute", creator="bob", body={}, started_at=now)
    for number, status in enumerate(["succeeded", "failed", "failed"]):
        told = {
            "action": action,
            "function": function,
            "number": number,
            "queue": "gpu",
            "asked_at": now,
            "turn_at": now,
        }
        Job.objects.create(status=status, error=f"no beam {number}", ended_at=now, **told)
    client.force_login(admin)
    page = client.get(AT)

    (line,) = page.context["lines"]
    assert (line.target, [link.label for link in line.who]) == ("wc -l '{path}'", ["team"])
    assert line.jobs == [(2, "failed", "bad"), (1, "succeeded", "ok")]
    assert "no beam" in page.text


def test_it_is_switched_off_and_on(client, admin, register):
    function = register("who")
    client.force_login(admin)

    for answer, is_enabled, words in (("no", False, "is run no more"), ("yes", True, "may be run again")):
        page = client.post(AT, {"function": function.pk, "enable": answer}, follow=True)
        function.refresh_from_db()
        assert (function.is_enabled, words in page.text) == (is_enabled, True)
    told = AuditEvent.objects.order_by("-pk").values_list("action", flat=True)[:2]
    assert list(told) == ["function.enabled", "function.disabled"]


@pytest.mark.parametrize("function", ["", "no id", str(uuid.UUID(int=7))])
def test_one_that_there_is_not_cannot_be_switched(client, admin, function):
    client.force_login(admin)

    assert client.post(AT, {"function": function}).status_code == 404
