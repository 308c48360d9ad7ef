"""How a version came to be: what people did, and the run that published it; and from a run to that again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.access.services import Actor
from apps.flows.models import Run
from apps.publish.models import Event, Submission, Version
from apps.publish.services.access import may_submission
from apps.publish.services.versions import seen_versions, sees_history

MOST = 100


@dataclass(frozen=True, slots=True)
class History:
    """``run`` is None where it was forgotten since."""

    events: tuple[Event, ...]
    run: Run | None


def history_of(version: Version, *, actor: Actor) -> History | None:
    """Of this version alone, the eldest event first; None: it may not be told to the actor."""
    if not sees_history(actor, version.submission):
        return None
    events = version.submission.events.filter(number=version.number)[:MOST]
    run = Run.objects.filter(pk=version.run_id).first() if version.run_id else None
    return History(tuple(events), run)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run published, or was to: of each None where there is none, or it may not be told to the actor."""

    submission: Submission | None = None
    version: Version | None = None


def outcome_of(run: Run, *, actor: Actor) -> Outcome:
    submission = _submission_of(run)
    if submission is None:
        return Outcome()
    version = next((one for one in seen_versions(submission.pk, actor=actor) if one.run_id == run.pk), None)
    return Outcome(submission if may_submission(actor, "viewer", submission) else None, version)


def _submission_of(run: Run) -> Submission | None:
    """That which names this run in its history: anybody may start a run with any input."""
    try:
        told = UUID(run.input["submission"])
    except (TypeError, LookupError, ValueError, AttributeError):
        return None
    started = Event.objects.filter(submission=told, kind=Event.Kind.STARTED).select_related("submission__form")
    return next((one.submission for one in started if one.details.get("run_id") == str(run.pk)), None)
