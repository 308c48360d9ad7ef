"""Mails to the owner of a run, at the statuses that they asked for when they started it."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from apps.flows.models import Run

log = logging.getLogger(__name__)
_ENDINGS = {Run.Status.SUCCEEDED: "succeeded", Run.Status.FAILED: "failed", Run.Status.INACTIVE: "waits for you"}


def write_to_owner(run: Run) -> None:
    """Tell how the run is, if its owner asked for that and has an address.

    A run that somebody paused waits for nothing that its owner could do about it: that is not told. A mail server that
    is away takes nothing from the run: the mail is lost, and the log says so.
    """
    is_paused = run.status == Run.Status.INACTIVE and run.halt is None
    if is_paused or run.status not in run.notify_on or not run.owner.email:
        return
    told = {"run": run, "link": f"{settings.PUBLIC_URL}/flows/runs/{run.pk}/", "facility": settings.FACILITY}
    told["needs"] = run.halt.get("description", "") if isinstance(run.halt, dict) else ""
    try:
        send_mail(_subject(run), render_to_string("flows/email/run.txt", told), None, [run.owner.email])
    except OSError as error:
        log.warning("how run %s is could not be told to its owner: %s", run.pk, error)


def _subject(run: Run) -> str:
    """In one line: a header has no other."""
    ending = "was canceled" if run.error_name == "FlowCanceled" else _ENDINGS[Run.Status(run.status)]
    return " ".join(f"{run} {ending}".split())
