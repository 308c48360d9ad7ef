"""Identifiers of the portal's own."""

from __future__ import annotations

from apps.flows.models import Identifier


def url_of_identifier(name: str) -> str | None:
    """Where it leads; None if there is none that was ever published."""
    kept = Identifier.objects.filter(name=name).exclude(state=Identifier.State.DRAFT).first()
    return kept.url if kept else None
