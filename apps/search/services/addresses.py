"""How a subject stands in an address."""

from __future__ import annotations

from urllib.parse import quote


def segment_of(subject: str) -> str:
    """One percent-encoded segment. "." and ".." are encoded twice, because browsers resolve them."""
    if subject in {".", ".."}:
        return quote(subject.replace(".", "%2E"), safe="")
    return quote(subject, safe="")
