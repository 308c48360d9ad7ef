"""Indexes and principals as a command line names them."""

from __future__ import annotations

from uuid import UUID

from apps.access.errors import InvalidPrincipal
from apps.access.types import group_urn, identity_urn, parse_principal
from apps.accounts.management import people
from apps.search import services
from apps.search.models import Index


def index(name: str, *, by: str) -> Index:
    """The index of this slug or id, if the one who does it sees it."""
    return services.get_index(name=name, actor=people.identity(by).user)


def principal(*, user: str | None, group: str | None) -> str:
    """Who is meant: a username, a group's id or name, or a URN as either."""
    text = user or group or ""
    try:
        return str(parse_principal(text))
    except InvalidPrincipal:
        return identity_urn(people.identity(text).pk) if user else group_urn(people.group(text).pk)


def role_id(found: Index, *, role: str, principal: str, by: str) -> UUID | None:
    """The role on the index that the principal holds; None if there is no such one."""
    held = services.roles(index=found, actor=people.identity(by).user)
    return next((one.pk for one in held if (one.role_name, one.principal) == (role, principal)), None)
