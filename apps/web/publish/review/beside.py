"""What stands beside a submission that is talked about: who will see it, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.web.people.names import named
from apps.web.who import Who


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the record, and who will see it."""

    name: str
    who: Who


@dataclass(frozen=True, slots=True)
class EventLine:
    what: str
    at: datetime
    who: str
    note: str
    number: int


def parts_of(submission: Submission, seen_by: dict[str, Who]) -> list[PartLine]:
    if not seen_by:
        return []
    sections = publish.document_for(submission).sections
    return [
        PartLine("The record and its files", seen_by[""]),
        *(PartLine(one.title, seen_by[one.name]) for one in sections),
    ]


def events_of(submission: Submission, reader: User) -> list[EventLine]:
    found = publish.events_of(submission, actor=reader)
    names = named({one.by for one in found if one.by}, reader)
    return [
        EventLine(one.get_kind_display(), one.at, names[one.by].text if one.by else "", one.note, one.number)
        for one in found
    ]
