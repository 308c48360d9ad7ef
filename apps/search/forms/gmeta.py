"""A record as Globus Search writes it: the one form in which records leave, through the API and in files."""

from __future__ import annotations

from typing import Any

from apps.common import quick_json
from apps.search.types import Record, Request, VisibleEntry


def record(one: Record, request: Request | None = None) -> dict[str, Any]:
    """GMetaResult, for ``quick_json.dumps``: contents are text already."""
    body: dict[str, Any] = {
        "@datatype": "GMetaResult",
        "@version": "2019-08-27",
        "subject": one.subject,
        "entries": [_entry(entry) for entry in one.entries],
    }
    if request is not None and request.highlights:
        body["highlights"] = [
            {"field_name": each.path, "text": each.text, "marks": [list(mark) for mark in each.marks]}
            for each in one.highlights
        ]
    if one.explanation is not None:
        body["score"], body["explanation"] = one.score, one.explanation
    return body


def _entry(entry: VisibleEntry) -> dict[str, Any]:
    body: dict[str, Any] = {
        "content": quick_json.written(entry.content_text),
        "entry_id": entry.entry_id or None,
        "matched_principal_sets": list(entry.matched_sets),
    }
    return {**body, "visible_to": list(entry.visible_to)} if entry.visible_to else body
