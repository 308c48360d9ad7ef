"""Schedules as JSON: in the form of Globus Timers where it has one, and ours beside it.

``{"type": "once", "datetime": …}``; ``{"type": "recurring", "interval_seconds": …, "start": …, "end": …}``;
``{"type": "cron", "cron": "0 9 * * 1-5", "timezone": "Europe/Berlin", "start": …, "end": …}``; each with
``jitter_seconds`` if there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.timers.types import Cron, Every, Once, Rhythm, Schedule


def schedule_json(schedule: Schedule) -> dict[str, Any]:
    told = _rhythm_json(schedule.rhythm)
    if schedule.most_turns is not None:
        told["end"] = {"condition": "iterations", "count": schedule.most_turns}
    if schedule.until is not None:  # of two ends the first is told as the condition
        told["end"] = {"condition": "time", **told.get("end", {}), "datetime": schedule.until.isoformat()}
    return {**told, "jitter_seconds": schedule.jitter_s} if schedule.jitter_s else told


def schedule_from(told: Mapping[str, Any]) -> Schedule:
    """What ``schedule_json`` made."""
    end = told.get("end") or {}
    until = datetime.fromisoformat(end["datetime"]) if "datetime" in end else None
    return Schedule(_rhythm_from(told), end.get("count"), until, told.get("jitter_seconds", 0))


def _rhythm_json(rhythm: Rhythm) -> dict[str, Any]:
    match rhythm:
        case Once(at):
            return {"type": "once", "datetime": at.isoformat()}
        case Every(seconds, start):
            return {"type": "recurring", "interval_seconds": seconds, "start": start.isoformat()}
        case Cron(expression, zone, start):
            return {"type": "cron", "cron": expression, "timezone": zone, "start": start.isoformat()}


def _rhythm_from(told: Mapping[str, Any]) -> Rhythm:
    if told["type"] == "once":
        return Once(datetime.fromisoformat(told["datetime"]))
    start = datetime.fromisoformat(told["start"])
    if told["type"] == "cron":
        return Cron(told["cron"], told["timezone"], start)
    return Every(told["interval_seconds"], start)
