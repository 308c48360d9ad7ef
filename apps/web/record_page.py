"""The record page: a subject with all that its reader sees of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from apps.search.types import Presentation, Record, Shown, VisibleEntry
from apps.web import content, links
from apps.web.readable import Fact, Reader, Section
from apps.web.values import date, label, value
from apps.web.who import Who, who

MAX_JSON_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class EntryPart:
    """One entry: its name, who sees it (None: not told to this reader), its content laid out, when it was written."""

    anchor: str
    name: str
    who: Who | None
    section: Section
    updated_at: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    title: str
    subject: str
    key_facts: tuple[Fact, ...]
    entries: tuple[EntryPart, ...]
    json: str
    json_url: str


def build(record: Record, *, index_id: str, presentation: Presentation, names: Mapping[str, str]) -> RecordPage:
    known = {shown.path: shown for shown in (*presentation.facets, *presentation.summary)}
    reader = Reader(
        labels={path: s.label for path, s in known.items()}, units={path: s.unit for path, s in known.items()}
    )
    return RecordPage(
        title=content.text(record, presentation.title) or record.subject,
        subject=record.subject,
        key_facts=tuple(fact for shown in presentation.summary if (fact := key_fact(record, shown)) is not None),
        entries=tuple(_part(entry, number, reader, names) for number, entry in enumerate(record.entries, start=1)),
        json=_json(record),
        json_url=links.api_subject_url(index_id, record.subject),
    )


def key_fact(record: Record, shown: Shown, *, most: int = 3) -> Fact | None:
    """A summary path with its first few values; None when the record has none."""
    found = [leaf for leaf in content.values(record, shown.path) if leaf not in (None, "")]
    if not found:
        return None
    return Fact(shown.label, tuple(value(leaf) for leaf in found[:most]), shown.unit, more=max(len(found) - most, 0))


def _part(entry: VisibleEntry, number: int, reader: Reader, names: Mapping[str, str]) -> EntryPart:
    return EntryPart(
        anchor=f"entry-{number}",
        name=entry.entry_id or "Main entry",
        who=who(entry.visible_to, names),
        section=reader.section(entry.content, title=label(entry.entry_id) if entry.entry_id else "Metadata"),
        updated_at=_to_the_minute(entry.updated_at),
    )


def _to_the_minute(instant: str) -> str:
    return date(datetime.fromisoformat(instant).isoformat(timespec="minutes")) if instant else ""


def _json(record: Record) -> str:
    """The contents as they are stored; "" when they are too long to be shown on a page."""
    whole = {entry.entry_id or None: entry.content for entry in record.entries}
    shown = next(iter(whole.values())) if list(whole) == [None] else {str(name): part for name, part in whole.items()}
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    return text if len(text) <= MAX_JSON_CHARACTERS else ""
