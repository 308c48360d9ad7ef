"""Principals, resources and the ladder of roles. Nothing here knows a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from apps.access.errors import InvalidPrincipal

PUBLIC = "public"
ALL_AUTHENTICATED = "all_authenticated_users"
_IDENTITY = "urn:globus:auth:identity:"
_GROUP = "urn:globus:groups:id:"

LADDER = ("owner", "admin", "writer")
"""The roles on most resources; whoever has one has those after it too."""

Ladder = Mapping[str, tuple[str, ...]]
"""Each role of a kind of resource, and all roles (itself among them) whose holders have it."""


class PrincipalKind(StrEnum):
    PUBLIC = "public"
    ALL_AUTHENTICATED = "all_authenticated_users"
    IDENTITY = "identity"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Principal:
    """One or many whom access is given to. ``str()`` is its one spelling."""

    kind: PrincipalKind
    id: UUID | None = None

    def __str__(self) -> str:
        match self.kind:
            case PrincipalKind.IDENTITY:
                return f"{_IDENTITY}{self.id}"
            case PrincipalKind.GROUP:
                return f"{_GROUP}{self.id}"
            case _:
                return self.kind.value


@dataclass(frozen=True, slots=True)
class Resource:
    """What roles are held on: ``kind`` is the app's own word for it, such as ``index``.

    ``name`` is for people who read of it later; it may change, and tells nothing apart.
    """

    kind: str
    id: UUID
    name: str = field(default="", compare=False)


def identity_urn(identity_id: UUID | str) -> str:
    return f"{_IDENTITY}{identity_id}"


def group_urn(group_id: UUID | str) -> str:
    return f"{_GROUP}{group_id}"


@lru_cache(maxsize=10_000)
def parse_principal(text: str) -> Principal:
    """Read a principal. UUIDs are read in either case and written in lower case, so that equal ones compare equal.

    Raises:
        InvalidPrincipal: the text is none.
    """
    if text in {PUBLIC, ALL_AUTHENTICATED}:
        return Principal(PrincipalKind(text))
    for mark, kind in ((_IDENTITY, PrincipalKind.IDENTITY), (_GROUP, PrincipalKind.GROUP)):
        if text.startswith(mark):
            return Principal(kind, _uuid(text.removeprefix(mark), of=text))
    raise InvalidPrincipal(details={"principal": text[:200]})


def _uuid(text: str, *, of: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError as error:
        raise InvalidPrincipal(details={"principal": of[:200]}) from error
    if str(found) != text.lower():  # UUID() also reads braces, `urn:uuid:` and digits without hyphens.
        raise InvalidPrincipal(details={"principal": of[:200]})
    return found
