"""What the audit log says of one index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from apps.access.services import Actor
from apps.accounts import services as accounts
from apps.accounts.models import AuditEvent
from apps.accounts.services import AuditQuestion
from apps.search.models import Index
from apps.search.services.indexes import require


def access_log(*, index: Index, actor: Actor, asked: AuditQuestion, before: int | None, most: int) -> list[AuditEvent]:
    """At most so many lines, the newest first. For admins."""
    return accounts.audit_lines(_of(index, actor, asked), before=before, most=most)


def each_of_access_log(*, index: Index, actor: Actor, asked: AuditQuestion) -> Iterator[AuditEvent]:
    """All lines. For admins."""
    return accounts.each_audit_line(_of(index, actor, asked))


def _of(index: Index, actor: Actor, asked: AuditQuestion) -> AuditQuestion:
    require(index=index, actor=actor, role="admin")
    return replace(asked, kind="index", id=index.pk)
