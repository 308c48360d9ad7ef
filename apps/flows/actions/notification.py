"""Tells people by e-mail, and programs by a signed request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from string import Template
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.mail import EmailMessage

from apps.accounts import services as accounts
from apps.common.errors import Invalid, NotAllowed, PortalError, Unavailable
from apps.common.webhooks import signature
from apps.flows.actions.base import Asking, hosted
from apps.flows.actions.hosts import require_allowed
from apps.flows.types import Order, Progress

MOST_ADDRESSES = 50
TIMEOUT_S = 20
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}


class Notification(Asking):
    """The body of the hosted one, for mails; for a webhook ``destination`` is its URL.

    Mails go by the portal's own mail server and from its address, with ``sender`` to be answered to: credentials that
    a body brings are not looked at. They go to people who have an account here, unless the administrator lets them go
    to anyone. Their ``Message-ID`` follows from the request, and a webhook is told it as ``webhook-id``, so that one
    that is sent again after a crash is known for the same.
    """

    name: ClassVar[str] = "notification/notify"
    title: ClassVar[str] = "Notify"
    subtitle: ClassVar[str] = "Writes an e-mail, or calls a webhook."
    is_synchronous: ClassVar[bool] = True
    aliases: ClassVar[tuple[str, ...]] = hosted("notification/notify")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        text = {"type": "string"}
        return {
            "type": "object",
            "properties": {
                "notification_method": {"enum": ["email", "any", "webhook"], "default": "email"},
                "notification_priority": text,
                "destination": {"anyOf": [text, {"type": "array", "items": text, "maxItems": MOST_ADDRESSES}]},
                "sender": text,
                "subject": {**text, "maxLength": 500},
                "body_template": {**text, "maxLength": 100_000},
                "body_mimetype": {"enum": ["text/plain", "text/html"], "default": "text/plain"},
                "body_variables": {"type": "object"},
                "send_credentials": {},
                "payload": {"description": "What a webhook is told; without it, the body."},
                "secret": {**text, "description": "What a webhook's signature is made with."},
            },
            "required": ["destination"],
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        if order.body.get("notification_method") == "webhook":
            return _call(order)
        return _write(order)


def _write(order: Order) -> Progress:
    body = order.body
    addresses = _addresses(body["destination"])
    is_html = body.get("body_mimetype") == "text/html"
    values = {key: _told(value, is_html) for key, value in body.get("body_variables", {}).items()}
    message = EmailMessage(
        " ".join(body.get("subject", "A message from a flow").split()),
        Template(body.get("body_template", "")).safe_substitute(values),
        None,
        addresses,
        reply_to=[body["sender"]] if body.get("sender") else None,
        headers={"Message-ID": f"<{order.request_id}@{urlsplit(settings.PUBLIC_URL).hostname}>"},
    )
    message.content_subtype = "html" if is_html else "plain"
    try:
        message.send()
    except ValueError as error:  # an address with a line break in it
        raise Invalid(f"The mail cannot be written: {error}.", place="destination") from error
    except OSError as error:
        raise Unavailable(f"The mail server did not take the mail: {error}.") from error
    return Progress(details={"message": "The mail was sent.", "destination": addresses})


def _told(value: Any, is_html: bool) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return escape(text) if is_html else text


def _addresses(destination: str | list[str]) -> list[str]:
    told = [destination] if isinstance(destination, str) else destination
    addresses = [address.strip() for one in told for address in one.split(",") if address.strip()]
    if not 0 < len(addresses) <= MOST_ADDRESSES:
        raise Invalid(f"Name 1 to {MOST_ADDRESSES} addresses.", place="destination")
    strangers = [] if settings.NOTIFY_ANYONE else accounts.strangers_among(addresses)
    if strangers:
        raise NotAllowed(
            f"Nobody here has the address {strangers[0]}. The administrator decides whether flows may write to others."
        )
    return addresses


def _call(order: Order) -> Progress:
    """As https://www.standardwebhooks.com has it: an id, the time, and a signature over both and the payload."""
    url = order.body["destination"]
    if not isinstance(url, str):
        raise Invalid("A webhook has one destination.", place="destination")
    require_allowed(url)
    payload = json.dumps(order.body.get("payload", order.body.get("body_template", "")))
    sent_at = str(int(order.now.timestamp()))
    headers = {"Content-Type": "application/json", "webhook-id": order.request_id, "webhook-timestamp": sent_at}
    if order.body.get("secret"):
        headers["webhook-signature"] = signature(order.body["secret"], order.request_id, sent_at, payload.encode())
    try:
        answer = requests.post(url, data=payload, headers=headers, timeout=TIMEOUT_S, allow_redirects=False)
    except requests.RequestException as error:
        raise Unavailable(f"{urlsplit(url).netloc} does not answer: {error}") from error
    if answer.status_code in TRY_AGAIN:
        raise Unavailable(f"{urlsplit(url).netloc} answered {answer.status_code}.")
    if not answer.ok:
        raise PortalError(f"{url} answered {answer.status_code}: {answer.text[:300]}")
    return Progress(details={"message": "The webhook was called.", "status_code": answer.status_code})
