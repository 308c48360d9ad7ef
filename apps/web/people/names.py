"""Principals in words, and from what people type to principals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.access.errors import InvalidPrincipal
from apps.access.types import PUBLIC, PrincipalKind, identity_urn, parse_principal
from apps.accounts import services as accounts
from apps.accounts.errors import NoSuchPerson
from apps.accounts.models import User
from apps.common.errors import Invalid


@dataclass(frozen=True, slots=True)
class Name:
    """``kind`` is public, group or private, as the icons are. ``detail`` is the principal as programs write it."""

    kind: str
    text: str
    detail: str
    is_you: bool = False


def named(principals: Iterable[str], reader: User) -> dict[str, Name]:
    """What principals are called. Groups that the reader is not in have no name for them."""
    parsed = {text: parse_principal(text) for text in principals}
    people = accounts.names_of(one.id for one in parsed.values() if one.kind is PrincipalKind.IDENTITY and one.id)
    groups = {group.id: group.name for group in accounts.groups_of(reader)}
    own = set(accounts.identity_ids_of(reader))
    found = {}
    for text, one in parsed.items():
        match one.kind:
            case PrincipalKind.IDENTITY:
                name = people.get(one.id, "Somebody who is gone") if one.id else ""
                found[text] = Name("private", name, text, is_you=one.id in own)
            case PrincipalKind.GROUP:
                found[text] = Name("group", groups.get(one.id, "A group that you are not in") if one.id else "", text)
            case _:
                found[text] = Name("public", "Public" if text == PUBLIC else "All who are signed in", text)
    return found


def principal_of(typed: str) -> str:
    """The principal that a line names: a URN, or a username.

    Raises:
        Invalid: nobody is called so.
    """
    try:
        return str(parse_principal(typed))
    except InvalidPrincipal:
        pass
    try:
        return identity_urn(accounts.find_identity(typed).pk)
    except NoSuchPerson as error:
        raise Invalid(f"{typed[:100]}: {error.message}") from error
