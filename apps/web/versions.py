"""Versions that are kept of something: one found by its number, two to be compared, and all as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.http import QueryDict

from apps.access.services import Actor
from apps.accounts.models import User
from apps.flows.models import Version
from apps.publish.models import FormVersion
from apps.web.people.names import named

SIZE = 50
"""So many are on a page."""
V = TypeVar("V", Version, FormVersion)


@dataclass(frozen=True, slots=True)
class Line:
    """``made_by`` is "" where the reader may not know, ``edit_url`` for who may not make another version of it."""

    version: Version | FormVersion
    made_by: str
    is_current: bool
    edit_url: str


def numbered(versions: QuerySet[V, V], text: str) -> V | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return versions.filter(number=int(text)).first() if is_number else None


def two_of(versions: QuerySet[V, V], asked: QueryDict) -> tuple[V, V]:
    """Those numbered ``from`` and ``to``; without them the newest, after the one before it. There is one at least."""
    after = numbered(versions, asked.get("to", "")) or versions[0]
    before = numbered(versions, asked.get("from", "")) or versions.filter(number__lt=after.number).first()
    return before or after, after


def lines_of(versions: Sequence[V], *, newest: int, reader: Actor, edit_url: str) -> list[Line]:
    names = named({one.created_by for one in versions}, reader) if isinstance(reader, User) else {}
    return [
        Line(
            version=one,
            made_by=names[one.created_by].text if one.created_by in names else "",
            is_current=one.number == newest,
            edit_url=f"{edit_url}?version={one.number}" if edit_url else "",
        )
        for one in versions
    ]
