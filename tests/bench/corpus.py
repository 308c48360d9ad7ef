"""What is ingested: serial-crystallography runs of the sample, visible to many groups, in slices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from uuid import NAMESPACE_URL, UUID, uuid5
from zlib import crc32

from apps.access.types import group_urn
from apps.search import projection
from apps.search.projection import Source
from apps.search.types import EntryDraft, SubjectViews
from apps.web.sample import ssx

MOST_GROUPS = 500
PRINCIPALS = (1, 100, 500)
"""Of how many groups the callers are. Each counts as ``public``, ``all_authenticated_users`` and themselves, too."""


def group_id(number: int) -> UUID:
    """The same on every portal. All callers are in group 0; nobody is in group -1."""
    return uuid5(NAMESPACE_URL, f"bench-group-{number}")


def slices(entries: int, size: int) -> Iterator[list[EntryDraft]]:
    """At least so many entries, ``size`` or a few more at a time; no subject lies in two slices."""
    readers = ssx.Readers(group=group_urn(group_id(0)), investigator=group_urn(group_id(-1)))
    made, held = 0, list[EntryDraft]()
    for _, several in groupby(ssx.entries(entries, readers=readers), key=lambda entry: entry.subject):
        held += [_spread(entry, readers) for entry in several]
        if len(held) >= min(size, entries - made):
            yield held
            made, held = made + len(held), []
        if made >= entries:
            return


def _spread(entry: EntryDraft, readers: ssx.Readers) -> EntryDraft:
    """What the beamline's group sees another group sees too, so that each of 500 principals has documents of its own
    and yet all callers see the same ones.
    """
    if entry.visible_to != (readers.group,):
        return entry
    other = group_urn(group_id(1 + crc32(entry.subject.encode()) % (MOST_GROUPS - 1)))
    return replace(entry, visible_to=(readers.group, other))


def gmeta(entry: EntryDraft) -> dict[str, object]:
    """A GMetaEntry."""
    written = {"subject": entry.subject, "visible_to": list(entry.visible_to), "content": entry.content}
    return {**written, "id": entry.entry_id} if entry.entry_id else written


def requests(entries: list[EntryDraft], *, size: int = 1000) -> list[bytes]:
    """GMetaList requests of so many entries each."""
    return [
        _json({"ingest_type": "GMetaList", "ingest_data": {"gmeta": [gmeta(one) for one in entries[n : n + size]]}})
        for n in range(0, len(entries), size)
    ]


def lines(entries: list[EntryDraft]) -> bytes:
    """The same as one NDJSON stream."""
    return b"".join(_json(gmeta(entry)) + b"\n" for entry in entries)


def views(entries: list[EntryDraft]) -> list[SubjectViews]:
    """What the portal makes of a slice for its engine: the typed layout that the bare writers get ready-made."""
    made = []
    for subject, several in groupby(entries, key=lambda entry: entry.subject):
        newest = {entry.entry_id: entry for entry in several}
        sources = [
            Source(frozenset(entry.visible_to), (), projection.leaves(entry.content))
            for _, entry in sorted(newest.items())
        ]
        made.append(projection.views(subject, sources))
    return made


def raw(entries: Iterable[EntryDraft]) -> dict[str, dict[str, object]]:
    """The entries as they are, by an id: what someone loads who leaves types to the engine."""
    return {
        f"{entry.subject}#{entry.entry_id}": {
            "subject": entry.subject,
            "visible_to": list(entry.visible_to),
            **entry.content,
        }
        for entry in entries
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
