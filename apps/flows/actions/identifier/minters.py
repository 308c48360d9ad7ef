"""What gives identifiers, and how they are made up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's: no two of them are taken for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An identifier as its minter knows it. ``link`` is the address that leads there."""

    name: str
    link: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a minter: ``url`` is where the identifier is to lead, "" where it leads already."""

    name: str
    by: str
    now: datetime
    url: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Minter(Protocol):
    """Each act may be done twice, and is then done once.

    Raises:
        PortalError: it may not be, or cannot be; ``Unavailable`` for now.
    """

    def name_for(self, request_id: str) -> str:
        """The name that a request is given: always the same one."""

    def reserve(self, wish: Wish) -> Named:
        """Keep the name; it can still be given back."""

    def publish(self, wish: Wish) -> Named:
        """Let it be found, for ever."""

    def update(self, wish: Wish) -> Named:
        """Change what it says, or where it leads."""

    def hide(self, wish: Wish) -> Named:
        """Let it not be found any more; it still leads where it led."""

    def delete(self, wish: Wish) -> None:
        """Give back a name that was never published."""


def suffix_for(request_id: str) -> str:
    """Ten signs in two parts, such as ``8x3f0-q7k2m``: 50 bits."""
    number = int.from_bytes(hashlib.sha256(request_id.encode()).digest()[:7], "big")
    signs = [_SIGNS[number >> 5 * place & 31] for place in range(10)]
    return f"{''.join(signs[:5])}-{''.join(signs[5:])}"
