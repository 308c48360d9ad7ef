"""What is being taken back, or withdrawn, and cannot go on: why, since when, and who can help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.access import services as access
from apps.publish.models import Submission
from apps.publish.services.access import principals_with

State = Submission.State
MOST = 100


@dataclass(frozen=True, slots=True)
class Delay:
    """``helpers`` are principals: in whose name it is published, and who administers the form."""

    why: str
    since: datetime
    helpers: tuple[str, ...]


def delay_of(submission: Submission) -> Delay | None:
    """None: it goes on, or there is nothing to do."""
    if submission.waits_since is None:
        return None
    return Delay(submission.waits_for, submission.waits_since, helpers_of(submission))


def helpers_of(submission: Submission) -> tuple[str, ...]:
    form = submission.form
    told = (access.principal_of(form.publisher), *principals_with(form.resource, "administrator"))
    return tuple(dict.fromkeys((*told, *principals_with(form.resource, "owner"))))


def delayed() -> list[Submission]:
    """All that cannot go on, what waits longest first. It is for administrators of the portal."""
    found = Submission.objects.filter(waits_since__isnull=False).select_related("form__publisher")
    return list(found.order_by("waits_since")[:MOST])
