"""Who sees which part of a version, now and when its embargo is over: for those who see its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from apps.publish import services as publish
from apps.publish.models import Version
from apps.publish.types import FormDocument, Part
from apps.web.values import date
from apps.web.who import Who, who


@dataclass(frozen=True, slots=True)
class SeenPart:
    """``then`` is who will see it after the embargo; None where that changes nothing."""

    name: str
    now: Who | None
    then: Who | None


@dataclass(frozen=True, slots=True)
class Audience:
    """``opens`` is the day on which the embargo lifts, "" without one or when it is over."""

    parts: tuple[SeenPart, ...]
    opens: str


def audience_of(version: Version, *, names: Mapping[str, str], now: datetime) -> Audience:
    document = publish.document_of_version(version)
    is_closed = version.opens_at is not None and version.opens_at > now
    parts = sorted(version.parts, key=lambda part: part.entry_id)
    return Audience(
        tuple(_seen(version, part, document, names, now, is_closed=is_closed) for part in parts),
        date(version.opens_at.date().isoformat()) if version.opens_at and is_closed else "",
    )


def _seen(
    version: Version, part: Part, document: FormDocument, names: Mapping[str, str], now: datetime, *, is_closed: bool
) -> SeenPart:
    section = document.section(part.entry_id)
    name = section.title if section else part.entry_id or "The record"
    then = who(part.opens_to, names) if is_closed and part.opens_to else None
    return SeenPart(name, who(version.visible_to(part, now), names), then)
