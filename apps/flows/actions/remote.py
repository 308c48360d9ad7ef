"""Action providers elsewhere, by their protocol (``actions_spec.openapi.yaml`` of action-provider-tools)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests

from apps.accounts import services as accounts
from apps.common.errors import ConsentRequired, PortalError, Unavailable
from apps.common.recent import Recent
from apps.flows.actions.hosts import require_allowed
from apps.flows.types import Order, Progress, Status

TIMEOUT_S = 30
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
MOST_BYTES = 5 * 1024 * 1024
_scopes: Recent[str, str] = Recent(most=500)
"""By the URLs of providers, what they say is their scope."""


class Remote:
    """One provider for all that are elsewhere: the order says where.

    They are shown a token of their own scope, in the name of who runs the flow; without a scope, none.
    """

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
        return self._asked(order, "POST", "run", asked)

    def look(self, order: Order) -> Progress:
        """How it goes; one that waits for its person is told that they have come back."""
        if not order.memo.get("action_id"):
            return self.begin(order)
        if order.memo.get("status") == Status.INACTIVE:
            return self._asked(order, "POST", f"{order.memo['action_id']}/resume")
        return self._asked(order, "GET", f"{order.memo['action_id']}/status")

    def cancel(self, order: Order) -> Progress:
        if not order.memo.get("action_id"):
            return Progress.failed("It was canceled before it began.")
        return self._asked(order, "POST", f"{order.memo['action_id']}/cancel")

    def _asked(self, order: Order, method: str, path: str, body: Any = None) -> Progress:
        try:
            headers = _headers(order)
        except ConsentRequired as missing:
            needed = missing.details["required_scopes"]
            told = {"code": "ConsentRequired", "description": missing.message, "required_scopes": needed}
            return Progress(status=Status.INACTIVE, details=told, display_status="Needs consent")
        told = _call(method, f"{order.url.rstrip('/')}/{path}", headers, body)
        return _progress(told, order)


def _headers(order: Order) -> dict[str, str]:
    scope = order.scope or _scope_of(order.url)
    if not scope:
        return {}
    token = accounts.token_for(user=order.actor, scope=scope, now=order.now)
    return {"Authorization": f"Bearer {token}"}


def _scope_of(url: str) -> str:
    """What the provider says is its scope: "" if it says none to somebody unknown."""
    known = _scopes.get(url)
    if known is None:
        try:
            known = str(_call("GET", f"{url.rstrip('/')}/", {}).get("globus_auth_scope") or "")
        except Unavailable:
            raise
        except PortalError:
            known = ""
        _scopes.keep(url, known)
    return known


def _call(method: str, url: str, headers: Mapping[str, str], body: Any = None) -> dict[str, Any]:
    place = urlsplit(url).netloc
    try:
        with requests.request(
            method, url, json=body, headers=dict(headers), timeout=TIMEOUT_S, allow_redirects=False, stream=True
        ) as answer:
            status, content = answer.status_code, answer.raw.read(MOST_BYTES + 1, decode_content=True)
    except requests.RequestException as error:
        raise Unavailable(f"{place} does not answer: {error}") from error
    if status in TRY_AGAIN:
        raise Unavailable(f"{place} answered {status}.")
    if not 200 <= status < 300:
        raise PortalError(f"{url} answered {status}: {content[:500].decode(errors='replace')}")
    if len(content) > MOST_BYTES:
        raise PortalError(f"{url} answered more than {MOST_BYTES:,} bytes.")
    return _status_in(content, url)


def _status_in(content: bytes, url: str) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PortalError(f"{url} answered something that is no JSON.") from error
    if not isinstance(told, dict):
        raise PortalError(f"{url} answered JSON that is no status of an action.")
    return told


def _progress(told: dict[str, Any], order: Order) -> Progress:
    try:
        status = Status(str(told.get("status")))
    except ValueError as error:
        raise PortalError(f"{order.url} answered a status that there is not: {told.get('status')!r}.") from error
    return Progress(
        status=status,
        details=told.get("details"),
        display_status=str(told.get("display_status") or ""),
        memo={**order.memo, "action_id": str(told.get("action_id") or ""), "status": status.value},
        look_in=timedelta(seconds=1) if not order.memo and status is Status.ACTIVE else None,
    )
