"""Triggers, what they saw and what they did, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.flows.forms import Start
from apps.triggers.models import Firing, SeenFile, Trigger
from apps.triggers.services import Trial
from apps.triggers.types import Files


def trigger(one: Trigger) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "name": one.name,
        "watched": _watched(one),
        "flow_id": str(one.flow_id),
        "body": one.body,
        "most_per_hour": one.most_per_hour,
        "most_at_once": one.most_at_once,
        "most_failures": one.most_failures,
        "state": one.state,
        "inactive_reason": one.inactive,
        "trouble": one.trouble or None,
        "made_at": _time(one.made_at),
        "active_since": _time(one.active_since),
        "looked_at": _time(one.looked_at),
        "last_fired_at": _time(one.last_fired_at),
        "fired": one.fired,
        "errors": one.errors,
        "failures": one.failures,
    }


def _watched(one: Trigger) -> dict[str, Any]:
    """As it may be sent back: with the path as callers write it."""
    watched = one.watched
    path = {"path": watched.path.folder.encode(errors="replace").decode()} if isinstance(watched, Files) else {}
    return {**one.watched_json, **path}


def firing(one: Firing) -> dict[str, Any]:
    """Which records a standing search found is told by its run alone: some of them may be hidden by now."""
    return {
        "id": one.pk,
        "at": _time(one.at),
        "state": one.state,
        "count": one.count,
        "run_id": str(one.run_id) if one.run_id else None,
        "begun_at": _time(one.begun_at),
        "ended_at": _time(one.ended_at),
        "message": one.message or None,
        "facts": {name: told for name, told in one.facts.items() if name != "subjects"},
    }


def file(one: SeenFile) -> dict[str, Any]:
    return {
        "path": str(one.place).encode(errors="replace").decode(),
        "size": one.size,
        "modified_at": _time(one.modified_at),
        "seen_at": _time(one.seen_at),
        "settled_at": _time(one.settled_at),
        "state": one.state,
        "message": one.message or None,
        "firing": one.firing_id,
    }


def trial(one: Trial) -> dict[str, Any]:
    files = [{"path": file.path, "part": file.part, "groups": file.groups, "why": file.why} for file in one.files]
    return {
        "files": files,
        "taken": one.taken,
        "ignored": one.ignored,
        "is_cut": one.is_cut,
        "batches": one.batches,
        "facts": one.happened,
        "starts": _start(one.start) if one.start else None,
        "trouble": one.trouble or None,
    }


def _start(start: Start) -> dict[str, Any]:
    return {"body": start.input, "label": start.told.label, "tags": list(start.told.tags or ())}


def _time(one: datetime | None) -> str | None:
    return one.isoformat() if one else None
