"""Who will see which part of a draft, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import formats

from apps.access.types import ALL_AUTHENTICATED, PUBLIC
from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.publish.types import AUTHORS, REVIEWERS, FormDocument, Readers, Wanted
from apps.search.types import Record, VisibleEntry
from apps.web.schema_forms.about import RESTRICTED
from apps.web.who import Who, names_known_to, who

NOBODY = Who("private", "Nobody yet")
DAY = "j F Y"


@dataclass(frozen=True, slots=True)
class Promise:
    """Who will see the record if a choice is made. What an embargo would change ``waits`` for the day."""

    choice: str
    who: Who
    waits: bool


def audiences(draft: Submission, user: User, wanted: Wanted | None = None) -> dict[str, Who]:
    """By the names of sections; "" is all the rest. As it stands, or as is ``wanted`` and not saved yet."""
    told = publish.audiences_of(draft, actor=user)
    if wanted is not None:
        told = publish.audiences_by(publish.document_for(draft), wanted)
    names = names_of(user)
    return {RESTRICTED: NOBODY, **{name: _readers(one, names) for name, one in told.items()}}


def promises(document: FormDocument, user: User) -> list[Promise]:
    """What each choice of the form means, and what none does."""
    names = names_of(user)
    told = {
        name: publish.audiences_by(document, Wanted(name))[""] for name in ("", *(c.name for c in document.choices))
    }
    return [Promise(name, _readers(one, names), waits=_waits(one)) for name, one in told.items()]


def words(principals: Iterable[str], user: User, names: Mapping[str, str] | None = None) -> Who:
    told = tuple(principals)
    if PUBLIC in told:
        return Who("public", "Everyone")
    known = names_of(user) if names is None else names
    return who(told, known) or NOBODY


def names_of(user: User) -> dict[str, str]:
    """What principals are called: the reader's own groups and identities."""
    return names_known_to(user, [Record("", (VisibleEntry("", "{}", visible_to=(PUBLIC,)),))])


def _readers(readers: Readers, names: Mapping[str, str]) -> Who:
    found = _at_last(readers.told, names)
    if not readers.opens_on or not _waits(readers):
        return found
    return Who("later", f"{found.text}, from {formats.date_format(date.fromisoformat(readers.opens_on), DAY)}")


def _waits(readers: Readers) -> bool:
    """Its authors see it at once."""
    return bool(set(readers.told) - {AUTHORS})


def _at_last(told: tuple[str, ...], names: Mapping[str, str]) -> Who:
    """Roles by what they are called: who has them may change until it is published."""
    if not told:
        return NOBODY
    if PUBLIC in told:
        return Who("public", "Everyone")
    if ALL_AUTHENTICATED in told:
        return Who("group", "All who are signed in")
    others = who(tuple(one for one in told if one not in {AUTHORS, REVIEWERS}), names)
    roles = "its authors and reviewers" if REVIEWERS in told else "its authors"
    if others is None:
        return Who("private", f"Only {roles}")
    return Who(others.kind, f"{others.text}, and {roles}" if REVIEWERS in told else f"{others.text} and {roles}")
