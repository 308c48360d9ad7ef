"""What follows when a task is over: a mail, if its owner asked for one.

``notify_on_inactive`` is kept and sends nothing: a task is paused by its owner alone, who knows it then.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import reverse

from apps.transfer import services as transfer
from apps.transfer.models import Task
from apps.transfer.signals import task_ended

log = logging.getLogger(__name__)


@receiver(task_ended)
def write_to_owner(task: Task, **_more: Any) -> None:  # what Django and a newer sender say besides
    """A mail server that is away takes nothing from the task: the mail is lost, and the log says so."""
    has_succeeded = task.status == Task.Status.SUCCEEDED
    options = task.options
    is_wanted = options.notify_on_succeeded if has_succeeded else options.notify_on_failed
    if not (is_wanted and task.owner.email):
        return
    try:
        send_mail(_subject(task), _body(task), None, [task.owner.email])
    except OSError as error:
        log.warning("the end of transfer %s could not be told to its owner: %s", task.pk, error)


def _subject(task: Task) -> str:
    """In one line: a header has no other."""
    ending = {"SUCCEEDED": "succeeded"}.get(task.status, "failed")
    ending = "was canceled" if task.fatal_code == "CANCELED" else ending
    return " ".join(f"{task} {ending}".split())


def _body(task: Task) -> str:
    told = {
        "task": task,
        "advice": transfer.advice_on(task.fatal_code),
        "link": settings.PUBLIC_URL + reverse("web:tasks:task", args=[task.pk]),
        "facility": settings.FACILITY,
    }
    return render_to_string("transfer/email/ended.txt", told)
