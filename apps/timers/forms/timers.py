"""Timers as they are made (T1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from apps.common.parsing import uuid_in
from apps.flows.forms.document import Document
from apps.timers.models import Timer
from apps.timers.services import NewTimer
from apps.timers.types import Cron, Every, Missed, Once, Overlap, Rhythm, Schedule
from apps.transfer.forms import moment_of

KINDS = tuple(Timer.Kind.values)
_FIELDS = {"timer_type", "name", "schedule", "body", "flow_id", "missed", "overlap", "stop_after_failures"}
_OF_SCHEDULES = {"type", "datetime", "interval_seconds", "start", "end", "cron", "timezone", "jitter_seconds"}
MOST_FAILURES = 100


def timer_of(told: Any, *, now: datetime) -> NewTimer:
    """Read ``{"timer": …}``. What says no time begins now.

    Raises:
        Unprocessable: it is none; all faults, by their places.
    """
    whole = Document(told)
    whole.known({"timer"})
    document = whole.part("timer")
    document.known(_FIELDS)
    kind = document.needed("timer_type", document.choice("timer_type", KINDS))
    flow_id = document.read("flow_id", uuid_in) if kind == Timer.Kind.FLOW else None
    body = document.object("body", is_required=True)
    schedule = _schedule(document.part("schedule"), now)
    told_of = _timer(document, kind or "", flow_id, body or {}, schedule)
    whole.require_right()
    return told_of


def _timer(
    document: Document, kind: str, flow_id: UUID | None, body: dict[str, Any], schedule: Schedule | None
) -> NewTimer:
    if kind == Timer.Kind.FLOW and flow_id is None and not document.says("flow_id"):
        document.fault("This field is missing.", "flow_id")
    return NewTimer(
        kind=kind,
        body=body,
        schedule=schedule or Schedule(Once(datetime.min)),  # a fault then
        name=document.text("name", most=Timer.LONGEST_NAME) or "",
        flow_id=flow_id,
        missed=Missed(document.choice("missed", tuple(Missed)) or Missed.LAST),
        overlap=Overlap(document.choice("overlap", tuple(Overlap)) or Overlap.SKIP),
        most_failures=document.whole("stop_after_failures", 1, MOST_FAILURES) or 5,
    )


def _schedule(document: Document, now: datetime) -> Schedule | None:
    document.known(_OF_SCHEDULES)
    kind = document.needed("type", document.choice("type", ("once", "recurring", "cron")))
    rhythm = _rhythm(document, kind, now)
    jitter = document.whole("jitter_seconds", 0, 10**6) or 0
    if kind == "once" or not document.says("end"):
        return Schedule(rhythm, jitter_s=jitter) if rhythm else None
    end = document.part("end")
    end.known({"condition", "count", "datetime"})
    count, until = end.whole("count", 1, 10**9), end.read("datetime", moment_of)
    if (count is None) == (until is None):
        end.fault("Say either a count or a datetime.")
    return Schedule(rhythm, count, until, jitter) if rhythm else None


def _rhythm(document: Document, kind: str | None, now: datetime) -> Rhythm | None:
    start = document.read("datetime" if kind == "once" else "start", moment_of) or now
    match kind:
        case "once":
            return Once(start)
        case "cron":
            expression = document.text("cron", most=200, is_required=True)
            zone = document.text("timezone", most=100) or "UTC"
            return Cron(expression, zone, start) if expression else None
        case "recurring":
            seconds = document.needed("interval_seconds", document.whole("interval_seconds", 1, 10**10))
            return Every(seconds, start) if seconds else None
    return None
