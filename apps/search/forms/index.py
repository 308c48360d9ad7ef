"""Documents about an index: to make one, to change it, to give a role."""

from __future__ import annotations

from dataclasses import dataclass

MAX_NAME_CHARACTERS = 200
MAX_DESCRIPTION_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Creation:
    display_name: str
    description: str
    slug: str
    visible_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """None leaves a part as it is."""

    display_name: str | None
    description: str | None
    visible_to: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class RoleGrant:
    role_name: str
    principal: str
