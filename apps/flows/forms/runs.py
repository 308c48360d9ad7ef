"""Runs as they are started and changed (F7, F8, F11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from apps.flows.forms.document import PEOPLE, Document
from apps.flows.models import Run
from apps.flows.services import RunChanges

STATUSES = ("INACTIVE", "FAILED", "SUCCEEDED")
_ROLES = {"run_managers": ("manager", "manage_by"), "run_monitors": ("monitor", "monitor_by")}
"""By the names of today and those of the protocol of actions."""
_OF_ACTIONS = ("request_id", "manage_by", "monitor_by", "release_after")
"""What callers of actions say besides. A run is kept until somebody deletes it, whatever ``release_after`` says."""
LONGEST_REQUEST_ID = 200
_FIELDS = ("label", "tags", *_ROLES)


@dataclass(frozen=True, slots=True)
class Start:
    """The input of a run, and what is said of it besides. ``request_id`` is another one each time, unless it is told:
    asked for again by the same one it is the same run."""

    input: dict[str, Any]
    told: RunChanges
    request_id: str


def start_of(told: Any) -> Start:  # Any: JSON
    """
    Raises:
        Unprocessable: the document does not ask for a run.
    """
    document = Document(told)
    document.known({"body", "activity_notification_policy", *_FIELDS, *_OF_ACTIONS})
    body = document.object("body", is_required=True)
    request_id = document.text("request_id", most=LONGEST_REQUEST_ID)
    start = Start(body or {}, _changes(document, notify_on=_notify_on(document)), request_id or uuid4().hex)
    document.require_right()
    return start


def run_changes(told: Any) -> RunChanges:
    """
    Raises:
        Unprocessable: the document says nothing that can be changed.
    """
    document = Document(told)
    document.known(_FIELDS)
    changes = _changes(document)
    document.require_right()
    return changes


def _notify_on(document: Document) -> list[str]:
    """Of a run that waits for its owner they are told, unless they say otherwise."""
    if not document.says("activity_notification_policy"):
        return ["INACTIVE"]
    policy = document.part("activity_notification_policy")
    policy.known({"status"})
    return policy.choices("status", STATUSES) or []


def _changes(document: Document, *, notify_on: list[str] | None = None) -> RunChanges:
    roles = {
        role: document.principals(name if document.says(name) else old, PEOPLE) for name, (role, old) in _ROLES.items()
    }
    return RunChanges(
        label=document.text("label", most=Run.LONGEST_LABEL),
        tags=document.texts("tags", most=Run.MOST_TAGS, longest=Run.LONGEST_TAG),
        notify_on=notify_on,
        roles={role: principals for role, principals in roles.items() if principals is not None},
    )
