"""Jobs, as timers were called: made by the address that is to be called (T8), and renamed (T7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from apps.flows import services as flows
from apps.flows.forms.document import Document
from apps.timers import schedules
from apps.timers.errors import InvalidSchedule
from apps.timers.models import Timer
from apps.timers.services import NewTimer
from apps.timers.types import Every, Once, Schedule
from apps.transfer import forms as transfer_forms

_FIELDS = {"name", "start", "interval", "callback_url", "callback_body", "scope", "stop_after", "stop_after_n"}
_TRANSFER = "transfer/transfer"
_PLACES = {
    "schedule.interval_seconds": "interval",
    "schedule.start": "start",
    "schedule.datetime": "start",
    "schedule.end.datetime": "stop_after",
    "schedule.end": "stop_after",
}


def name_of(told: Any) -> str:
    """
    Raises:
        Unprocessable: the document says no name.
    """
    document = Document(told)
    document.known({"name"})
    name = document.text("name", most=Timer.LONGEST_NAME, is_required=True)
    document.require_right()
    return name or ""


def job_of(told: Any, *, now: datetime) -> NewTimer:
    """Read what is to be called how often. Flows and transfers of this portal may be: whatever host the address names,
    nothing is sent there. ``scope`` is that of what is called, and need not be said.

    Raises:
        Unprocessable: it is no job; all faults, by their places.
    """
    document = Document(told)
    document.known(_FIELDS)
    document.text("scope", most=2_000)
    kind, flow_id = _called(document)
    called = document.part("callback_body")
    body = called.object("body", is_required=True) or {}
    if kind == Timer.Kind.FLOW:
        body = document.object("callback_body") or {}
    else:
        called.known({"body"})
        body = transfer_forms.as_document(body)
    schedule, name = _schedule(document, now), document.text("name", most=Timer.LONGEST_NAME)
    document.require_right()
    return NewTimer(kind=kind, body=body, schedule=schedule, name=name or "", flow_id=flow_id)


def _called(document: Document) -> tuple[str, UUID | None]:
    url = document.text("callback_url", most=2_000, is_required=True) or ""
    flow_id = flows.flow_at(url)
    if url and flow_id is None and flows.action_at(url) != _TRANSFER:
        document.fault(
            "Timers begin transfers and flows. Write the address of a flow, or that of the action transfer/transfer.",
            "callback_url",
        )
    return (Timer.Kind.TRANSFER, None) if flow_id is None else (Timer.Kind.FLOW, flow_id)


def _schedule(document: Document, now: datetime) -> Schedule:
    start = document.needed("start", document.read("start", transfer_forms.moment_of)) or now
    seconds = document.whole("interval", 1, 10**10)
    until, most = document.read("stop_after", transfer_forms.moment_of), document.whole("stop_after_n", 1, 10**9)
    schedule = Schedule(Every(seconds, start), most, until) if seconds else Schedule(Once(start), until=until)
    if not seconds and (most or 1) > 1:
        document.fault("Without an interval it strikes once.", "stop_after_n")
    try:
        schedules.require(schedule)
    except InvalidSchedule as error:
        document.fault(error.message, _PLACES[error.place])
    return schedule
