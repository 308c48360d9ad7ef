"""How answers are written: the documents of Globus Timers, with the keys that its clients read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from apps.flows import services as flows
from apps.timers.models import Timer, Turn
from apps.timers.types import Every

_STATUS = {Timer.State.PAUSED: "inactive", Timer.State.ENDED: "ended"}
_OUTCOME = {Turn.State.GOING: "ACTIVE", Turn.State.DONE: "SUCCEEDED"}


def moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None


def timer(one: Timer) -> dict[str, Any]:
    """What making it is answered with (T1)."""
    return {
        **_common(one),
        "number_of_runs": one.taken,
        "number_of_errors": one.errors,
        "body": one.body,
        "flow_id": str(one.flow_id) if one.flow_id else None,
    }


def job(one: Timer, latest: Turn | None, results: list[Turn] | None = None) -> dict[str, Any]:
    """What one, and each of many, is told as (T2, T3, T6). ``latest``: its last turn that was begun."""
    schedule = one.schedule
    ends = {"date": moment(schedule.until), "n_runs": schedule.most_turns}
    told = {
        **_common(one),
        "start": one.schedule_json.get("start") or one.schedule_json.get("datetime"),
        "interval": float(schedule.rhythm.seconds) if isinstance(schedule.rhythm, Every) else None,
        "stop_after": ends if any(ends.values()) else None,
        "n_runs": one.taken,
        "n_errors": one.errors,
        "callback_url": _callback_url(one),
        "callback_body": one.body if one.kind == Timer.Kind.FLOW else {"body": one.body},
        "scope": flows.scope_of(one.flow_id) if one.flow_id else None,
        "activity": _activity(one, latest),
    }
    return told if results is None else {**told, "results": {"data": list(map(result, results)), "page_next": None}}


def result(turn: Turn) -> dict[str, Any]:
    """A turn of its history."""
    told = {
        "action_id": str(turn.begun_id) if turn.begun_id else None,
        "status": _OUTCOME.get(Turn.State(turn.state), "FAILED"),
        "display_status": turn.get_state_display(),
        "start_time": moment(turn.begun_at),
        "completion_time": moment(turn.ended_at),
        "details": {"turn": moment(turn.at), "count": turn.count, "message": turn.message},
    }
    has_begun = turn.begun_id is not None
    return {
        "data": told,
        "errors": None if has_begun else {"message": turn.message},
        "status": 202 if has_begun else 400,
        "ran_at": moment(turn.begun_at or turn.at),
    }


def _common(one: Timer) -> dict[str, Any]:
    state = Timer.State(one.state)
    return {
        "job_id": str(one.pk),
        "name": one.name,
        "timer_type": one.kind,
        "status": _STATUS.get(state) or ("loaded" if one.taken else "new"),
        "inactive_reason": one.inactive,
        "submitted_at": moment(one.submitted_at),
        "last_ran_at": moment(one.last_turn_at),
        "next_run": moment(one.due_at) if state is Timer.State.ACTIVE else None,
        "schedule": one.schedule_json,
        "missed": one.missed,
        "overlap": one.overlap,
    }


def _activity(one: Timer, latest: Turn | None) -> dict[str, Any] | None:
    """What it is at; None of one that has ended and whose last turn is over."""
    if latest is not None and latest.state == Turn.State.GOING:
        return {"code": "run_in_progress", "start_timestamp": moment(latest.begun_at)}
    if latest is not None and latest.state == Turn.State.DUE and latest.tries:
        return {"code": "retrying", "start_timestamp": moment(latest.at)}
    if one.state == Timer.State.PAUSED:
        return {"code": "paused"}
    return {"code": "awaiting_next_run", "next_run": moment(one.due_at)} if one.due_at else None


def _callback_url(one: Timer) -> str:
    where = f"flows/flows/{one.flow_id}/run" if one.kind == Timer.Kind.FLOW else "actions/transfer/transfer/run"
    return f"{settings.PUBLIC_URL}/api/{where}"
