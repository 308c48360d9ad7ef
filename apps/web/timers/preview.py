"""The turns that would come of what is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.timers import services as timers
from apps.timers.types import Cron, Schedule
from apps.web.timers.forms import WhenForm

NEXT = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """``zone`` is that of the times, ``jitter`` by how much each may be late. ``problem`` is why there are none."""

    zone: str = ""
    rhythm: str = ""
    turns: tuple[datetime, ...] = ()
    jitter: str = ""
    problem: str = ""


def preview_of(form: WhenForm, *, since: datetime, taken: int = 0) -> Preview:
    """Of what was sent; nothing yet if nothing was."""
    if not form.is_bound:
        return Preview()
    if form.errors or form.schedule is None:
        return Preview(problem=next((str(errors[0]) for errors in form.errors.values()), ""))
    return preview_of_schedule(form.schedule, form.cleaned_data["zone"], since=since, taken=taken)


def preview_of_schedule(schedule: Schedule, zone: str, *, since: datetime, taken: int = 0) -> Preview:
    """Those from ``since`` on, before which ``taken`` were. Cron's times are told in its own zone."""
    rhythm = schedule.rhythm
    return Preview(
        zone=rhythm.zone if isinstance(rhythm, Cron) else zone,
        rhythm=timers.words_of_rhythm(rhythm),
        turns=tuple(timers.first_turns(schedule, since=since, taken=taken, most=NEXT)),
        jitter=timers.words_of_span(schedule.jitter_s),
    )
