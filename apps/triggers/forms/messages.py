"""Messages to triggers."""

from __future__ import annotations

from typing import Any

from apps.flows.forms.document import Document
from apps.triggers.models import Firing
from apps.triggers.types import Happening


def message_of(told: Any) -> Happening:
    """Read ``{"id": …, "body": {…}}``. Sent again with the same ``id`` it is the same message.

    Raises:
        Unprocessable: it is none.
    """
    document = Document(told)
    document.known({"id", "body"})
    key = document.text("id", most=Firing.LONGEST_KEY) or ""
    body = document.object("body") or {}
    document.require_right()
    return Happening(key, {"body": body})
