"""What is changed of a timer (T7)."""

from __future__ import annotations

from typing import Any

from apps.flows.forms.document import Document
from apps.timers.models import Timer


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
