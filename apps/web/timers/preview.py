"""The turns that would come of what is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from apps.timers import services as timers
from apps.web.timers.forms import WhenForm

NEXT = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """``problem`` is why there are none."""

    zone: str = ""
    rhythm: str = ""
    turns: tuple[datetime, ...] = ()
    problem: str = ""
    jitter: str = ""


def preview_of(form: WhenForm, *, taken: int = 0) -> Preview:
    """Nothing yet of a form that was not sent."""
    if not form.is_bound:
        return Preview()
    if form.errors or form.schedule is None:
        return Preview(problem=next((str(errors[0]) for errors in form.errors.values()), ""))
    schedule = form.schedule
    begin = timezone.now().replace(second=0, microsecond=0)
    return Preview(
        zone=form.cleaned_data["zone"],
        rhythm=timers.words_of_rhythm(schedule.rhythm),
        turns=tuple(timers.first_turns(schedule, since=begin, taken=taken, most=NEXT)),
        jitter=form.cleaned_data["jitter"] if schedule.jitter_s else "",
    )
