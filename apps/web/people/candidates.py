"""Who can be let in: everybody, groups and people, found by their names."""

from __future__ import annotations

from django.http import HttpRequest

from apps.access.types import ALL_AUTHENTICATED, PUBLIC, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.accounts.models import Identity, User
from apps.web.people.names import Name

MOST = 12
MOST_TEXT = 255


def sought(request: HttpRequest) -> str:
    """The name that is looked for."""
    told = request.POST.get("find") or request.GET.get("find", "")
    return told.replace("\0", "").strip()[:MOST_TEXT]


def candidates(user: User, text: str) -> list[Name]:
    """Without a text the user's groups. Those that are for everybody come last: they are seldom meant."""
    groups = accounts.groups_known_to(user, text, most=MOST) if text else accounts.groups_of(user)[:MOST]
    people = accounts.people_known_to(user, text, most=MOST) if text else []
    found = [Name("private", _person(one), identity_urn(one.pk)) for one in people if one.user_id != user.pk]
    found += [Name("group", group.name, group_urn(group.pk)) for group in groups]
    if not text:
        found += [
            Name("public", "All who are signed in", ALL_AUTHENTICATED),
            Name("public", "Everybody, also without signing in", PUBLIC),
        ]
    return found


def _person(identity: Identity) -> str:
    name = identity.user.name if identity.user else ""
    return f"{name} ({identity.username})" if name else identity.username
