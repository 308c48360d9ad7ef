"""What somebody sends who wants an action to be run (P2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from apps.access.errors import InvalidPrincipal
from apps.access.types import PrincipalKind, parse_principal
from apps.common.durations import duration_in
from apps.common.errors import Invalid
from apps.flows.api.actions.errors import InvalidRequest
from apps.flows.services import ActionRequest

LONGEST_LABEL, LONGEST_ID, MOST_PEOPLE = 64, 1000, 100
_TEXT = {"type": "string", "minLength": 1, "pattern": r"^[^\x00\ud800-\udfff]*\Z"}
_PEOPLE = {"type": "array", "maxItems": MOST_PEOPLE, "uniqueItems": True, "items": {"type": "string"}}
_REQUEST = Draft202012Validator(
    {
        "type": "object",
        "required": ["request_id", "body"],
        "properties": {
            "request_id": {**_TEXT, "maxLength": LONGEST_ID},
            "body": {"type": "object"},
            "label": {**_TEXT, "maxLength": LONGEST_LABEL},
            "monitor_by": _PEOPLE,
            "manage_by": _PEOPLE,
            "allowed_clients": {"type": "array", "items": {"type": "string"}},
            "deadline": {"type": "string"},
            "release_after": {"type": "string"},
        },
        "additionalProperties": False,
    }
)


def request_of(told: Any) -> ActionRequest:
    """
    Raises:
        InvalidRequest: it is none; the message says where.
    """
    fault = best_match(_REQUEST.iter_errors(told))
    if fault is not None:
        place = ".".join(map(str, fault.absolute_path))
        raise InvalidRequest(f"{fault.message[:300]}.", place=place)
    return ActionRequest(
        request_id=told["request_id"],
        body=told["body"],
        label=told.get("label", ""),
        monitor_by=_people(told, "monitor_by"),
        manage_by=_people(told, "manage_by"),
        **_times(told),
    )


def _people(told: dict[str, Any], name: str) -> list[str]:
    """People and groups; others cannot be told from one another later."""
    try:
        principals = [parse_principal(one) for one in told.get(name, [])]
    except InvalidPrincipal as error:
        raise InvalidRequest("Name people as urn:globus:auth:identity:<id>, or groups.", place=name) from error
    if any(one.kind not in {PrincipalKind.IDENTITY, PrincipalKind.GROUP} for one in principals):
        raise InvalidRequest("Name people as urn:globus:auth:identity:<id>, or groups.", place=name)
    return sorted({str(one) for one in principals})


def _times(told: dict[str, Any]) -> dict[str, Any]:
    longest = timedelta(days=settings.LONGEST_RUN_DAYS)
    found: dict[str, Any] = {}
    if "release_after" in told:
        try:
            found["release_after"] = min(duration_in(told["release_after"], "release_after"), longest)
        except Invalid as error:
            raise InvalidRequest(error.message, place=error.place) from error
    if "deadline" in told:
        found["deadline"] = _deadline(told["deadline"], timezone.now(), longest)
    return found


def _deadline(told: str, now: datetime, longest: timedelta) -> datetime:
    try:
        read = parse_datetime(told)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise InvalidRequest("Write it as 2027-01-31T12:00:00+00:00.", place="deadline")
    if not now < read <= now + longest:
        raise InvalidRequest(f"Choose a time in the next {longest.days} days.", place="deadline")
    return read
