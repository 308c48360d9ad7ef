"""All of what is written, for who was shown a draft: laid out as in a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.publish import services as publish
from apps.publish.models import Submission
from apps.search import paths
from apps.web.files import words
from apps.web.record.readable import Reader, Section

DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Whole:
    section: Section
    files: tuple[str, ...]

    @classmethod
    def of(cls, draft: Submission) -> Whole:
        section = reader_of(publish.document_for(draft).schema).section(draft.content, title="What is written")
        return cls(section, tuple(words.readable(str(one.path)) for one in draft.files))


def reader_of(schema: Mapping[str, Any]) -> Reader:
    """Reads records by the titles and units of a form."""
    labels: dict[str, str] = {}
    units: dict[str, str] = {}
    for keys, one in _members(schema, ()):
        if isinstance(one.get("title"), str):
            labels[paths.join(keys)] = one["title"]
        if isinstance(one.get("x-unit"), str):
            units[paths.join(keys)] = one["x-unit"]
    return Reader(labels=labels, units=units)


def _members(schema: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """What a schema names, at any depth; items of lists are at the place of their list."""
    members = schema.get("properties") if isinstance(schema, Mapping) else None
    for key, one in members.items() if isinstance(members, Mapping) and len(keys) < DEEPEST else ():
        if isinstance(one, Mapping):
            yield (*keys, key), one
            yield from _members(one, (*keys, key))
            yield from _members(one.get("items"), (*keys, key))
