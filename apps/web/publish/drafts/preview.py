"""The record as others will see it, before there is one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from apps.access.types import ALL_AUTHENTICATED, PUBLIC, PrincipalKind, parse_principal
from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.publish.services import Plan
from apps.publish.types import FormDocument, Part
from apps.search.types import Presentation, Record, VisibleEntry
from apps.web import content
from apps.web.people.names import named
from apps.web.publish.drafts.seen import words
from apps.web.record.facts import key_facts
from apps.web.record.formed import presentation, reader_of
from apps.web.record.readable import Fact, Section
from apps.web.who import Who


@dataclass(frozen=True, slots=True)
class SeenEntry:
    name: str
    who: Who
    section: Section


@dataclass(frozen=True, slots=True)
class Preview:
    """What one kind of reader sees. ``opens``: after the embargo they see what is here, and nothing before."""

    label: str
    title: str = ""
    facts: tuple[Fact, ...] = ()
    entries: tuple[SeenEntry, ...] = ()
    opens: bool = False


def previews(plan: Plan, document: FormDocument, user: User) -> list[Preview]:
    """As the public, as each group that is let in, and as its author."""
    viewer = _Viewer(plan, document, user)
    found = [viewer.preview("The public", {PUBLIC})]
    every = {one for part in plan.parts for one in (*part.visible_to, *part.opens_to)}
    if ALL_AUTHENTICATED in every:
        found.append(viewer.preview("All who are signed in", {PUBLIC, ALL_AUTHENTICATED}))
    groups = [one for one in sorted(every) if parse_principal(one).kind is PrincipalKind.GROUP]
    names = named(groups, user)
    found += [viewer.preview(names[one].text, {PUBLIC, ALL_AUTHENTICATED, one}) for one in groups]
    return [*found, viewer.preview("You, the author", every)]


class _Viewer:
    def __init__(self, plan: Plan, document: FormDocument, user: User) -> None:
        self.plan, self.document, self.user = plan, document, user

    def preview(self, label: str, principals: set[str]) -> Preview:
        now = [part for part in self.plan.parts if principals & set(part.visible_to)]
        later = [part for part in self.plan.parts if principals & {*part.visible_to, *part.opens_to}]
        parts = now or later
        if not parts:
            return Preview(label)
        record = Record(self.plan.subject, tuple(map(_entry, parts)))
        shown = self._presentation(record)
        return Preview(
            label=label,
            title=content.text(record, shown.title) or self.plan.name,
            facts=key_facts(record, shown),
            entries=tuple(self._entries(parts)),
            opens=not now,
        )

    def _entries(self, parts: list[Part]) -> Iterator[SeenEntry]:
        reader = reader_of(self.document.schema)
        for part in parts:
            section = self.document.section(part.entry_id)
            name = section.title if section else "Metadata"
            yield SeenEntry(name, words(part.visible_to, self.user), reader.section(part.content, title=name))

    def _presentation(self, record: Record) -> Presentation:
        """As in the index; one that the author may not look into says nothing."""
        try:
            return presentation(self.plan.index, record, self.document, actor=self.user)
        except PortalError:
            return presentation(None, record, self.document, actor=self.user)


def _entry(part: Part) -> VisibleEntry:
    return VisibleEntry(part.entry_id, json.dumps(part.content))
