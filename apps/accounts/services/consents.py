"""What people let applications do, as a forest: below each scope stands what its service may use elsewhere for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.accounts.errors import NoSuchApplication
from apps.accounts.models import Application, Consent, Grant, Token, User
from apps.accounts.services import audit
from apps.accounts.services.scopes import words_of
from apps.accounts.types import Scope


@dataclass(frozen=True, slots=True)
class Standing:
    """A consent with its place: the ids from the root to itself."""

    consent: Consent
    path: tuple[int, ...]


@transaction.atomic
def give_consents(
    *, user: User, application: Application, scopes: Iterable[Scope], allows_refresh: bool, now: datetime
) -> None:
    """Add to what the application may do; what it may do already stays."""
    wanted = tuple(scopes)
    before = Consent.objects.filter(user=user, application=application).count()
    _give(user, application, wanted, allows_refresh, now, parent=None)
    if Consent.objects.filter(user=user, application=application).count() > before:
        told = {"scopes": " ".join(map(str, wanted))}
        audit.record("consent.given", kind="application", id=application.pk, name=application.name, actor=user, **told)


def _give(
    user: User,
    application: Application,
    scopes: Iterable[Scope],
    allows_refresh: bool,
    now: datetime,
    parent: Consent | None,
) -> None:
    told = {"updated_at": now, "last_used_at": now, "is_optional": False}
    for scope in scopes:
        consent, is_new = Consent.objects.get_or_create(
            user=user,
            application=application,
            scope=scope.name,
            parent=parent,
            defaults={**told, "is_optional": scope.is_optional, "allows_refresh": allows_refresh, "created_at": now},
        )
        if not is_new:
            consent.allows_refresh |= allows_refresh
            consent.updated_at = consent.last_used_at = now
            consent.save(update_fields=["allows_refresh", "updated_at", "last_used_at"])
        _give(user, application, scope.dependencies, allows_refresh, now, parent=consent)


def has_consented(*, user: User, application: Application, scopes: Iterable[Scope]) -> bool:
    """Whether the application may do all of this already; what is optional need not be allowed."""
    below: defaultdict[int | None, dict[str, Consent]] = defaultdict(dict)
    for consent in Consent.objects.filter(user=user, application=application):
        below[consent.parent_id][consent.scope] = consent
    return _covers(below, scopes, parent=None)


def _covers(below: dict[int | None, dict[str, Consent]], scopes: Iterable[Scope], parent: int | None) -> bool:
    for scope in scopes:
        consent = below[parent].get(scope.name)
        if consent is None and not scope.is_optional:
            return False
        if consent is not None and not _covers(below, scope.dependencies, parent=consent.pk):
            return False
    return True


def consents_for(*, user: User, application: Application, names: Iterable[str]) -> list[int]:
    """The ids of the consents that these scopes stand on."""
    found = Consent.objects.filter(user=user, application=application, parent=None, scope__in=list(names))
    return list(found.values_list("pk", flat=True))


def consents_below(ids: Iterable[int]) -> list[Consent]:
    """What services may use elsewhere, for those who hold tokens that stand on these consents."""
    return list(Consent.objects.filter(parent__in=list(ids)))


def standing_consents(user: User, *, application: Application | None = None) -> list[Standing]:
    """All that the user allowed, the eldest first: each stands behind the one that it depends on."""
    found = Consent.objects.filter(user=user).select_related("application", "parent")
    if application is not None:
        found = found.filter(application=application)
    paths: dict[int, tuple[int, ...]] = {}
    for consent in found:
        above = paths[consent.parent_id] if consent.parent_id else ()
        paths[consent.pk] = (*above, consent.pk)
    return [Standing(consent, paths[consent.pk]) for consent in found]


@dataclass(frozen=True, slots=True)
class Connection:
    """An application that somebody lets in: what it may do, each scope as deep as it stands, and when it last did."""

    application: Application
    scopes: list[tuple[int, str, str]]
    last_used_at: datetime


def connections_of(user: User) -> list[Connection]:
    """The applications that the user lets in, by name; programs that act for themselves let in themselves alone."""
    by_application: defaultdict[Application, list[Standing]] = defaultdict(list)
    for standing in sorted(standing_consents(user), key=lambda one: one.path):
        by_application[standing.consent.application].append(standing)
    found = [
        Connection(
            application,
            [(len(one.path) - 1, one.consent.scope, words_of(one.consent.scope)) for one in standing],
            max(one.consent.last_used_at for one in standing),
        )
        for application, standing in by_application.items()
    ]
    return sorted(found, key=lambda one: (one.application.name.lower(), str(one.application.pk)))


@transaction.atomic
def disconnect(*, user: User, application_id: UUID, now: datetime) -> Application:
    """Take back all that the application may do for the user, and end its tokens.

    Raises:
        NoSuchApplication: the user lets in none with this id.
    """
    application = Application.objects.filter(pk=application_id, consents__user=user).distinct().first()
    if application is None:
        raise NoSuchApplication
    Consent.objects.filter(user=user, application=application).delete()
    grants = Grant.objects.filter(user=user, application=application, revoked_at=None)
    Token.objects.filter(grant__in=grants, revoked_at=None).update(revoked_at=now)
    grants.update(revoked_at=now)
    audit.record("consent.withdrawn", kind="application", id=application.pk, name=application.name, actor=user)
    return application
