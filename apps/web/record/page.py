"""The record page: a subject with all that its reader sees of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from apps.search.types import Presentation, Record, VisibleEntry
from apps.web import content, links
from apps.web.context import Link
from apps.web.record import citation, exporting, linked_data, pictures, versions
from apps.web.record.citation import Citation
from apps.web.record.description import Description
from apps.web.record.pictures import Picture
from apps.web.record.readable import Fact, Reader, Section
from apps.web.record.versions import Version
from apps.web.values import date, label
from apps.web.who import Who, who

MAX_JSON_CHARACTERS = 200_000
Place = tuple[str, str]
"""The id of an entry, and a name in its content."""


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
    """``url`` is the record's one address, whatever a visitor's carries; ``version`` is what the data say of it.

    ``own_url`` is set where an administrator sees all: there the page is as they see it for themselves.
    """

    title: str
    subject: str
    url: str
    doi: str
    version: str
    key_facts: tuple[Fact, ...]
    pictures: tuple[Picture, ...]
    entries: tuple[EntryPart, ...]
    versions: tuple[Version, ...]
    citation: Citation | None
    linked_data: dict[str, object]
    json: str
    json_url: str
    exports: tuple[Link, ...]
    own_url: str

    @property
    def script(self) -> SafeString:
        return linked_data.script(self.linked_data)


def build(
    record: Record,
    *,
    description: Description,
    index_id: str,
    presentation: Presentation,
    reader: Reader,
    names: Mapping[str, str],
    sees_all: bool,
    told_elsewhere: Collection[Place] = (),
) -> RecordPage:
    """``told_elsewhere`` is what of the content the page has a part of its own for, and need not tell twice."""
    work, place = description.work, description.place
    return RecordPage(
        title=content.text(record, presentation.title) or record.subject,
        subject=record.subject,
        url=place.url,
        doi=work.doi,
        version=work.version,
        key_facts=description.facts,
        pictures=pictures.of(record, presentation.thumbnail),
        versions=versions.of(record),
        citation=citation.build(work),
        linked_data=linked_data.document(description),
        entries=tuple(
            _part(entry, number, reader, names, told_elsewhere) for number, entry in enumerate(record.entries, start=1)
        ),
        json=_json(record),
        json_url=links.api_subject_url(index_id, record.subject, sees_all=sees_all),
        exports=exporting.menu(sees_all=sees_all),
        own_url=place.url if sees_all else "",
    )


def with_pictures(page: RecordPage, files: str, readable: tuple[Picture, ...]) -> RecordPage:
    """With those of the record's files that are its reader's to read, each once; ``files`` is where all of them lie."""
    told = [one for one in page.pictures if not (files and one.source.startswith(files))]
    return replace(page, pictures=tuple(dict.fromkeys((*told, *readable)))[: pictures.MOST])


def without(page: RecordPage, shown: Collection[Picture]) -> RecordPage:
    """Without the pictures that its board shows already."""
    urls = {one.url for one in shown}
    return replace(page, pictures=tuple(one for one in page.pictures if one.url not in urls))


def _part(
    entry: VisibleEntry, number: int, reader: Reader, names: Mapping[str, str], told_elsewhere: Collection[Place]
) -> EntryPart:
    told = {name: one for name, one in entry.content.items() if (entry.entry_id, name) not in told_elsewhere}
    return EntryPart(
        anchor=f"entry-{number}",
        name=entry.entry_id or "Main entry",
        who=who(entry.visible_to, names),
        section=reader.section(told, title=label(entry.entry_id) if entry.entry_id else "Metadata"),
        updated_at=_to_the_minute(entry.updated_at),
    )


def _to_the_minute(instant: str) -> str:
    return date(datetime.fromisoformat(instant).isoformat(timespec="minutes")) if instant else ""


def _json(record: Record) -> str:
    """The content as it is stored, of several entries each with its name; "" when it is too long for a page."""
    named = [{"entry_id": entry.entry_id or None, "content": entry.content} for entry in record.entries]
    is_one = [one["entry_id"] for one in named] == [None]
    text = json.dumps(named[0]["content"] if is_one else named, ensure_ascii=False, indent=2)
    return text if len(text) <= MAX_JSON_CHARACTERS else ""
