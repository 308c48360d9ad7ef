"""When a timer strikes, as people fill it in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from apps.timers import services as timers
from apps.timers.errors import InvalidSchedule
from apps.timers.forms.timers import MOST_FAILURES
from apps.timers.models import Timer
from apps.timers.services import TimerChanges
from apps.timers.types import Cron, Every, Missed, Once, Overlap, Rhythm, Schedule
from apps.web.files.forms import SYNC
from apps.web.timers import zones
from apps.web.timers.fields import WallTimeField, moment_of, on_the_wall

HOWS = {"once": "Once", "every": "Every so often", "cron": "By a cron expression"}
ENDS = {"never": "Never", "after": "After so many turns", "on": "On a date", "both": "With the first of both"}
_ENDS_BY = {(False, False): "never", (True, False): "after", (False, True): "on", (True, True): "both"}
MISSED = {
    Missed.LAST: "Take the last of them, late",
    Missed.ALL: "Take each of them, late, one after the other",
    Missed.NONE: "Leave them out",
}
OVERLAP = {
    Overlap.SKIP: "Leave out the turn",
    Overlap.WAIT: "Begin it when the one before is over",
    Overlap.LET: "Begin it beside the one before",
}
_ROUNDED = timedelta(minutes=1)
_FIELDS = {
    "every": "every",
    "schedule.datetime": "at",
    "schedule.start": "starts_at",
    "schedule.interval_seconds": "every",
    "schedule.cron": "cron",
    "schedule.timezone": "zone",
    "schedule.end.datetime": "until",
    "schedule.jitter_seconds": "jitter",
}
"""Of the places that errors name."""


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=Timer.LONGEST_NAME,
        help_text="What you will look for it by.",
        error_messages={"required": "A timer has a name."},
    )


class SyncForm(forms.Form):
    sync = forms.ChoiceField(label="Files that are there already", choices=SYNC, required=False)

    @property
    def level(self) -> int | None:
        return int(self.cleaned_data["sync"]) if self.cleaned_data["sync"] else None


class WhenForm(forms.Form):
    """``schedule`` is what was filled in, once it is valid; ``before`` what the timer has: its moments may be past."""

    how = forms.ChoiceField(label="When", choices=list(HOWS.items()), widget=forms.RadioSelect, initial="every")
    zone = forms.ChoiceField(label="Time zone", choices=zones.CHOICES, help_text="Of all times filled in here.")
    at = WallTimeField(label="Date and time", wanted="Say when.")
    every = forms.CharField(
        label="How often",
        max_length=100,
        error_messages={"required": "Say how often."},
        help_text="Such as “every 2 hours” or “1 day 6 hours”.",
    )
    cron = forms.CharField(
        label="Cron expression",
        max_length=200,
        error_messages={"required": "Write the expression."},
        help_text="Minute, hour, day of the month, month and day of the week: “0 9 * * 1-5” is 9:00 on weekdays.",
    )
    starts_at = WallTimeField(label="Starting at", required=False, help_text="Left empty it starts at once.")
    ends = forms.ChoiceField(label="Ends", choices=list(ENDS.items()), widget=forms.RadioSelect, initial="never")
    turns = forms.IntegerField(
        label="How many turns", min_value=1, max_value=10**9, error_messages={"required": "Say how many."}
    )
    until = WallTimeField(label="Last date and time", wanted="Say when it ends.")
    jitter = forms.CharField(
        label="Late by up to",
        max_length=100,
        required=False,
        help_text="Such as “5 minutes”: each turn is late by another time, so that not all timers begin at once.",
    )
    missed = forms.ChoiceField(
        label="Turns that were missed while the portal was down", choices=list(MISSED.items()), initial=Missed.LAST
    )
    overlap = forms.ChoiceField(
        label="While the turn before goes on", choices=list(OVERLAP.items()), initial=Overlap.SKIP
    )
    most_failures = forms.IntegerField(
        label="Pause after so many failures in a row", min_value=1, max_value=MOST_FAILURES, initial=5
    )
    RARE = ("jitter", "missed", "overlap", "most_failures")

    def __init__(self, *args: Any, now: datetime, before: Schedule | None = None, **how: Any) -> None:
        super().__init__(*args, **how)
        self._now, self._before = now, before
        self.schedule: Schedule | None = None

    @classmethod
    def of(cls, timer: Timer, *, zone: ZoneInfo, now: datetime) -> WhenForm:
        """As the timer has it."""
        told = {"missed": timer.missed, "overlap": timer.overlap, "most_failures": timer.most_failures}
        return cls(now=now, initial={**_initial(timer.schedule, zone), **told})

    @classmethod
    def like(cls, timer: Timer, *, zone: ZoneInfo, now: datetime) -> WhenForm:
        """For another timer: moments that are past are left to be filled in."""
        form = cls.of(timer, zone=zone, now=now)
        for name, moment in _moments(timer.schedule).items():
            if moment and moment < now:
                del form.initial[name]
        return form

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if {"how", "zone", "ends"} <= told.keys():
            for name in self._not_chosen(told["how"], told["ends"]):
                self.errors.pop(name, None)
            self.schedule = self._schedule()
        return told

    @property
    def changes(self) -> TimerChanges:
        assert self.schedule is not None  # it is valid
        told = self.cleaned_data
        return TimerChanges(
            self.schedule, Missed(told["missed"]), Overlap(told["overlap"]), most_failures=told["most_failures"]
        )

    @property
    def rare(self) -> list[forms.BoundField]:
        return [self[name] for name in self.RARE]

    @property
    def is_rare_told(self) -> bool:
        """Whether something is wrong in what is folded in, or another than is usual."""
        return any(bound.errors or str(bound.value() or "") != str(bound.field.initial or "") for bound in self.rare)

    def refuse(self, error: InvalidSchedule) -> None:
        """Tell it at the field that it is about."""
        ends = {"after": "turns", "on": "until", "both": "until"}.get(self.cleaned_data.get("ends", ""))
        self.add_error(ends if error.place == "schedule.end" else _FIELDS.get(error.place), error.message)

    @staticmethod
    def _not_chosen(how: str, ends: str) -> set[str]:
        """Fields of which nothing is asked, whatever stands in them."""
        if how == "once":
            return {"every", "cron", "starts_at", "turns", "until"}
        of_ends = {"never": {"turns", "until"}, "after": {"until"}, "on": {"turns"}}.get(ends, set())
        return {"at", "cron" if how == "every" else "every", *of_ends}

    def _schedule(self) -> Schedule | None:
        told = self.cleaned_data
        ends = "never" if told["how"] == "once" else told["ends"]
        rhythm = self._rhythm()
        most = told.get("turns") if ends in {"after", "both"} else None
        until = self._moment("until") if ends in {"on", "both"} else None
        jitter_s = self._seconds("jitter") or 0
        if self.errors or rhythm is None:
            return None
        schedule = Schedule(rhythm, most, until, jitter_s)
        try:
            timers.require(schedule)
        except InvalidSchedule as error:
            self.refuse(error)
        return schedule

    def _rhythm(self) -> Rhythm | None:
        told = self.cleaned_data
        if told["how"] == "once":
            at = self._moment("at")
            return Once(at) if at else None
        start = self._start()
        if told["how"] == "every":
            seconds = self._seconds("every")
            return Every(seconds, start) if seconds and start else None
        expression = " ".join(told.get("cron", "").split())
        return Cron(expression, told["zone"], start) if expression and start else None

    def _start(self) -> datetime | None:
        """Now, to the minute, if nothing is told."""
        if "starts_at" in self.errors or self.cleaned_data.get("starts_at"):
            return self._moment("starts_at")
        return self._now.replace(second=0, microsecond=0)

    def _seconds(self, name: str) -> int | None:
        text = self.cleaned_data.get(name, "").strip()
        if not text:
            return None
        try:
            return timers.seconds_in(text)
        except InvalidSchedule as error:
            self.add_error(name, error.message)
            return None

    def _moment(self, name: str) -> datetime | None:
        """What is filled in, in its zone. One that stands as it was is what it was, to the second."""
        told, zone = self.cleaned_data.get(name), ZoneInfo(self.cleaned_data["zone"])
        if told is None:
            return None
        was = _moments(self._before).get(name) if self._before else None
        if was is not None and on_the_wall(was, zone) == told:
            return was
        try:
            found = moment_of(told, zone)
        except forms.ValidationError as error:
            self.add_error(name, error)
            return None
        if found < self._now - _ROUNDED:
            self.add_error(name, "This time is past. Choose a later one.")
            return None
        return found


def _moments(schedule: Schedule) -> dict[str, datetime | None]:
    rhythm = schedule.rhythm
    first = {"at": rhythm.at} if isinstance(rhythm, Once) else {"starts_at": rhythm.start}
    return {**first, "until": schedule.until}


def _initial(schedule: Schedule, zone: ZoneInfo) -> dict[str, Any]:
    """Values of the fields. Cron has a zone of its own."""
    rhythm, ends = schedule.rhythm, _ENDS_BY[schedule.most_turns is not None, schedule.until is not None]
    told: dict[str, Any] = {"ends": ends, "turns": schedule.most_turns}
    told["jitter"] = timers.words_of_span(schedule.jitter_s)
    match rhythm:
        case Once():
            told["how"] = "once"
        case Every(seconds):
            told |= {"how": "every", "every": timers.words_of(seconds)}
        case Cron(expression, own):
            told |= {"how": "cron", "cron": expression}
            zone = ZoneInfo(own)
    shown = {name: on_the_wall(moment, zone) for name, moment in _moments(schedule).items() if moment}
    return {**told, **shown, "zone": zone.key}
