"""Reading the audit log, the newest line first. Whether somebody may read it the caller has asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from apps.accounts.models import AuditEvent


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """What is looked for; empty is anything. ``person`` did it, ``target`` is what it was done to: parts of names, or
    whole ids. ``action`` is the beginning of one: ``role`` finds ``role.granted``. ``until`` itself is left out.
    """

    person: str = ""
    action: str = ""
    target: str = ""
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    id: UUID | None = None


def audit_lines(asked: AuditQuestion, *, before: int | None, most: int) -> list[AuditEvent]:
    """At most so many lines, those from before the line with this key."""
    found = AuditEvent.objects.filter(_meant(asked)).order_by("-pk")
    return list(found.filter(pk__lt=before)[:most] if before is not None else found[:most])


def each_audit_line(asked: AuditQuestion) -> Iterator[AuditEvent]:
    """All lines, however many, without holding them."""
    return AuditEvent.objects.filter(_meant(asked)).order_by("-pk").iterator(chunk_size=1000)


def _meant(asked: AuditQuestion) -> Q:
    meant = Q()
    if asked.person:
        meant &= Q(actor_name__icontains=asked.person) | Q(actor_id=asked.person)
    if asked.action:
        meant &= Q(action__startswith=asked.action)
    if asked.target:
        meant &= Q(target_name__icontains=asked.target) | Q(target_id=asked.target)
    if asked.since:
        meant &= Q(at__gte=asked.since)
    if asked.until:
        meant &= Q(at__lt=asked.until)
    if asked.kind:
        meant &= Q(target_kind=asked.kind)
    if asked.id:
        meant &= Q(target_id=str(asked.id))
    return meant
