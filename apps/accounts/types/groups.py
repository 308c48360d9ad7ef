"""What somebody counts as, and the rules of a group."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a user counts as: their identities, the groups that they are in, and those above. True of ``version``."""

    version: int
    identity_ids: frozenset[UUID]
    group_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Policies:
    """Who comes into a group and who sees it. The values are those of ``models.Group``; a timeout is in seconds."""

    joining: str = "invitation"
    visibility: str = "private"
    members_visibility: str = "managers"
    is_high_assurance: bool = False
    authentication_assurance_timeout: int = 28_800
    signup_fields: tuple[str, ...] = ()
