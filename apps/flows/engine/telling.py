"""What the log may say: private parts are left out, and what is large is told by its size."""

from __future__ import annotations

from typing import Any

from apps.common import quick_json
from apps.flows.engine.outcomes import ActionEnded, Event

PRIVATE = "_private"
MOST_BYTES = 64 * 1024


def told(value: Any, names: frozenset[str] = frozenset()) -> Any:
    """A value for the log, without the members that the definition calls private."""
    shown = without_private(value, names)
    size = quick_json.length(shown, above=MOST_BYTES)
    return shown if size <= MOST_BYTES else {"_left_out": f"{size:,} bytes: too long for the log"}


def without_private(value: Any, names: frozenset[str] = frozenset()) -> Any:
    """Leave out members whose names begin with ``_private``, and those in ``names``, at any depth."""
    if isinstance(value, dict):
        return {
            key: without_private(member, names)
            for key, member in value.items()
            if not key.startswith(PRIVATE) and key not in names
        }
    return [without_private(member, names) for member in value] if isinstance(value, list) else value


def as_text(value: str, most: int | None = None) -> str:
    """As a column of text holds it: databases take no NUL and no half of a surrogate pair, which JSON can say."""
    whole = value.replace("\0", "\ufffd").encode(errors="surrogatepass").decode(errors="replace")
    return whole[:most]


def told_error(error: str, cause: str) -> dict[str, str]:
    """The columns in which branches keep the error by which they ended."""
    return {"error_name": as_text(error, 200), "error_cause": as_text(cause)}


def told_action(event: Event | None, names: frozenset[str]) -> dict[str, Any]:
    """What is said of the action that has come to its end."""
    if not isinstance(event, ActionEnded):
        return {}
    document = event.document
    shown = {key: document.get(key) for key in ("action_id", "status", "display_status")}
    return {"action": {**shown, "details": told(document.get("details"), names)}}
