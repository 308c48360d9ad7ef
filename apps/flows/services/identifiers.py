"""Identifiers of the portal's own, and who gives them."""

from __future__ import annotations

from apps.flows.actions.identifier.minters import Minter, Named, Wish
from apps.flows.actions.identifier.providers import minter_of, require_minter
from apps.flows.models import Identifier

__all__ = ["Minter", "Named", "Wish", "minter_of", "require_minter", "url_of_identifier"]


def url_of_identifier(name: str) -> str | None:
    """Where it leads; None if there is none that was ever published."""
    kept = Identifier.objects.filter(name=name).exclude(state=Identifier.State.DRAFT).first()
    return kept.url if kept else None
