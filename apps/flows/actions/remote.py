"""Action providers elsewhere, by their protocol (``actions_spec.openapi.yaml`` of action-provider-tools)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests

from apps.common.errors import PortalError, Unavailable
from apps.flows.actions.hosts import require_allowed
from apps.flows.types import Order, Progress, Status

TIMEOUT_S = 30
DONE_WITH = (requests.codes.ok, requests.codes.accepted, requests.codes.created)
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}


class Remote:
    """One provider for all that are elsewhere: the order says where."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = "Elsewhere"
    subtitle: ClassVar[str] = ""
    description: ClassVar[str] = ""
    keywords: ClassVar[tuple[str, ...]] = ()
    is_synchronous: ClassVar[bool] = False
    queue: ClassVar[str] = ""
    aliases: ClassVar[tuple[str, ...]] = ()

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {}

    def begin(self, order: Order) -> Progress:
        """Once, however often it is asked: the provider knows the request by its id."""
        require_allowed(order.url)
        asked = {
            "request_id": order.request_id,
            "body": order.body,
            "monitor_by": list(order.monitor_by),
            "manage_by": list(order.manage_by),
            **({"label": order.label[:64]} if order.label else {}),
        }
        return self._progress(self._call("POST", _at(order.url, "run"), asked), order)

    def look(self, order: Order) -> Progress:
        return self._progress(self._call("GET", _at(order.url, order.memo["action_id"], "status")), order)

    def cancel(self, order: Order) -> Progress:
        return self._progress(self._call("POST", _at(order.url, order.memo["action_id"], "cancel")), order)

    def _call(self, method: str, url: str, body: Any = None) -> dict[str, Any]:
        try:
            answer = requests.request(method, url, json=body, timeout=TIMEOUT_S, allow_redirects=False)
        except requests.RequestException as error:
            raise Unavailable(f"{urlsplit(url).netloc} does not answer: {error}") from error
        if answer.status_code in TRY_AGAIN:
            raise Unavailable(f"{urlsplit(url).netloc} answered {answer.status_code}.")
        if answer.status_code not in DONE_WITH:
            raise PortalError(f"{url} answered {answer.status_code}: {answer.text[:500]}")
        try:
            told = answer.json()
        except ValueError as error:
            raise PortalError(f"{url} answered something that is no JSON.") from error
        if not isinstance(told, dict):
            raise PortalError(f"{url} answered JSON that is no status of an action.")
        return told

    def _progress(self, told: dict[str, Any], order: Order) -> Progress:
        try:
            status = Status(str(told.get("status")))
        except ValueError as error:
            raise PortalError(f"{order.url} answered a status that there is not: {told.get('status')!r}.") from error
        return Progress(
            status=status,
            details=told.get("details"),
            display_status=str(told.get("display_status") or ""),
            memo={**order.memo, "action_id": str(told.get("action_id", ""))},
            look_in=timedelta(seconds=1) if not order.memo and not status.is_end else None,
        )


def _at(url: str, *parts: str) -> str:
    return "/".join([url.rstrip("/"), *parts])
