"""Who sees an entry, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.access import services as access
from apps.access.services import Actor
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, PrincipalKind, group_urn, parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.search.types import Record
from apps.web import markup

YOU = "you"


@dataclass(frozen=True, slots=True)
class Who:
    """``kind`` is public, group, private or later: it chooses the icon, and the colour that repeats it."""

    kind: str
    text: str

    @property
    def html(self) -> SafeString:
        return markup.who(self)

    @property
    def mark(self) -> SafeString:
        """Where the words stand nearby."""
        return markup.who_mark(self)


def names_known_to(user: Actor, records: Iterable[Record]) -> dict[str, str]:
    """What principals are called: the reader's own groups and identities. Asks only if something is to be named."""
    if not isinstance(user, User) or not any(entry.visible_to for record in records for entry in record.entries):
        return {}
    groups = {group_urn(group.id): group.name for group in accounts.groups_of(user)}
    own = (
        principal
        for principal in access.principals_of(user)
        if parse_principal(principal).kind is PrincipalKind.IDENTITY
    )
    return groups | dict.fromkeys(own, YOU)


def who(visible_to: tuple[str, ...], names: Mapping[str, str]) -> Who | None:
    """The widest of an entry's principals. None when the caller may not know them."""
    if not visible_to:
        return None
    if PUBLIC in visible_to:
        return Who("public", "Public")
    if ALL_AUTHENTICATED in visible_to:
        return Who("group", "All who are signed in")
    kinds = [parse_principal(principal).kind for principal in visible_to]
    named = sorted(names[principal] for principal in visible_to if principal in names and names[principal] != YOU)
    unnamed = [kind for principal, kind in zip(visible_to, kinds, strict=True) if principal not in names]
    groups, people = unnamed.count(PrincipalKind.GROUP), unnamed.count(PrincipalKind.IDENTITY)
    counted = [
        f"{n} {one if n == 1 else many}"
        for n, one, many in ((groups, "group", "groups"), (people, "person", "people"))
        if n
    ]
    parts = named + counted + ([YOU] if any(names.get(principal) == YOU for principal in visible_to) else [])
    text = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    return Who(
        "group" if PrincipalKind.GROUP in kinds else "private",
        "Only you" if parts == [YOU] else text[:1].upper() + text[1:],
    )
