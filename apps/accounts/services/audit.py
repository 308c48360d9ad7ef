"""Telling the audit log what was done. Who did it, and from where, is known from the request that is served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.utils import timezone

from apps.accounts.models import AuditEvent, User
from apps.accounts.services.people import known_by


class Origin(Protocol):
    """Where what is done now comes from."""

    @property
    def user(self) -> User | None: ...
    @property
    def address(self) -> str | None: ...
    @property
    def via(self) -> str: ...
    @property
    def request_id(self) -> str: ...


_origin: ContextVar[Origin | None] = ContextVar("origin of what is done", default=None)
_told: ContextVar[set[tuple[str, str, str]] | None] = ContextVar("what this origin said once", default=None)


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """What is recorded inside of the block came from there."""
    token, told = _origin.set(origin), _told.set(set())
    try:
        yield
    finally:
        _origin.reset(token)
        _told.reset(told)


def record(action: str, *, kind: str, id: object, name: str = "", actor: User | None = None, **details: Any) -> None:
    """Write one line, in the transaction of what it tells of: both are kept, or neither.

    ``action`` is a noun and what was done to it (``group.member_added``); ``kind``, ``id`` and ``name`` say to what;
    ``details`` are JSON and never hold a secret. ``actor`` is who sends the request, unless told otherwise.
    """
    origin = _origin.get()
    who = actor or (origin.user if origin else None)
    identity = known_by(who) if who else None
    AuditEvent.objects.create(
        at=timezone.now(),
        actor_id=str(identity.pk) if identity else "",
        actor_name=identity.username if identity else "",
        action=action,
        target_kind=kind,
        target_id=str(id)[:255],
        target_name=name[:255],
        details=details,
        address=origin.address if origin else None,
        via=origin.via[:100] if origin else "command",
        request_id=origin.request_id if origin else "",
    )


def record_of_person(action: str, person: User, *, actor: User | None = None, **details: Any) -> None:
    """A line of what was done to a person; it names them by the identity that they are known by."""
    identity = known_by(person)
    record(action, kind="person", id=identity.pk, name=identity.username, actor=actor, **details)


def record_once(action: str, *, kind: str, id: object, name: str = "", actor: User | None = None) -> None:
    """Write a line as ``record`` does, but one alone in a request, however often the same is done to answer it."""
    told, line = _told.get(), (action, kind, str(id))
    if told is not None:
        if line in told:
            return
        told.add(line)
    record(action, kind=kind, id=id, name=name, actor=actor)
