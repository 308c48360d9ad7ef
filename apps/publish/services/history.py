"""How a version came to be: what people did, and the run that published it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.access.services import Actor
from apps.flows.models import Run
from apps.publish.models import Event, Version
from apps.publish.services.versions import sees_history

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
