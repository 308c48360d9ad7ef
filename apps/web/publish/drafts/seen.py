"""Who will see which part of a draft, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.access.types import PUBLIC
from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.search.types import Record, VisibleEntry
from apps.web.schema_forms.about import RESTRICTED
from apps.web.who import Who, names_known_to, who

NOBODY = Who("private", "Nobody yet")


def audiences(draft: Submission, user: User) -> dict[str, Who]:
    """By the names of sections; "" is all the rest."""
    found = {name: words(principals, user) for name, principals in publish.audiences_of(draft, actor=user).items()}
    return {**found, RESTRICTED: NOBODY} if RESTRICTED not in found else found


def words(principals: Iterable[str], user: User, names: Mapping[str, str] | None = None) -> Who:
    told = tuple(principals)
    if PUBLIC in told:
        return Who("public", "Everyone")
    known = names_of(user) if names is None else names
    return who(told, known) or NOBODY


def names_of(user: User) -> dict[str, str]:
    """What principals are called: the reader's own groups and identities."""
    return names_known_to(user, [Record("", (VisibleEntry("", "{}", visible_to=(PUBLIC,)),))])
