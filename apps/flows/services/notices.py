"""Mails to the owner of a run, at the statuses that they asked for when they started it."""

from __future__ import annotations

from django.conf import settings

from apps.common import mails
from apps.flows.models import Run

_ENDINGS = {Run.Status.SUCCEEDED: "succeeded", Run.Status.FAILED: "failed", Run.Status.INACTIVE: "waits for you"}


def write_to_owner(run: Run) -> None:
    """Tell how the run is, if its owner asked for that and has an address.

    A run that somebody paused waits for nothing that its owner could do about it: that is not told.
    """
    is_paused = run.status == Run.Status.INACTIVE and run.halt is None
    if is_paused or run.status not in run.notify_on:
        return
    needs = run.halt.get("description", "") if isinstance(run.halt, dict) else ""
    told = {"run": run, "link": f"{settings.PUBLIC_URL}/flows/runs/{run.pk}/", "needs": needs}
    mails.tell(run.owner.email, _subject(run), "flows/email/run.txt", told)


def _subject(run: Run) -> str:
    ending = "was canceled" if run.error_name == "FlowCanceled" else _ENDINGS[Run.Status(run.status)]
    return f"{run} {ending}"
