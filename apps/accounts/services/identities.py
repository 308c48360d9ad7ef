"""Identities at other providers: made known, linked to a user, unlinked."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.errors import IdentityTaken, NoSuchProvider
from apps.accounts.models import Identity, User
from apps.accounts.services.audit import record
from apps.accounts.types import LoginProvider, Told

_NAME = re.compile(r"[a-z0-9][a-z0-9._+-]*")
_MOST = 150


def provider_called(key: str) -> LoginProvider | None:
    """The configured provider that allauth knows by this key; None if it is not configured any more."""
    return next((each for each in settings.LOGIN_PROVIDERS if each.key == key), None)


def name_at(provider: LoginProvider, told: str, subject: str) -> str:
    """What stands before the ``@``: what the provider calls the person, or their subject where that is no name.

    Only plain ASCII is taken, so that no name can be written to look like somebody else's.
    """
    own = told.strip().lower().removesuffix(f"@{provider.realm}").replace("@", "_")
    return own if _NAME.fullmatch(own) and len(own) <= _MOST else _plain(subject)


@transaction.atomic
def provision(username: str) -> Identity:
    """Make ``name@provider`` known before its person ever comes, so that they can be given access; or find it.

    Raises:
        NoSuchProvider: it is local, or no configured provider gives such names.
    """
    full = username.strip().lower()
    name, _, realm = full.rpartition("@")
    is_name = _NAME.fullmatch(name) and len(name) <= _MOST
    if not is_name or realm not in {provider.realm for provider in settings.LOGIN_PROVIDERS}:
        raise NoSuchProvider
    identity, is_new = Identity.objects.get_or_create(username=full, defaults={"provider": realm})
    if is_new:
        record("identity.provisioned", kind="identity", id=identity.pk, name=full)
    return identity


def require_free(*, provider: LoginProvider, subject: str, user: User | None) -> None:
    """Refuse an identity that somebody else has here.

    Raises:
        IdentityTaken: it is linked to another account.
    """
    holder = Identity.objects.filter(provider=provider.realm, subject=subject).exclude(user=None).first()
    if holder is not None and holder.user_id != getattr(user, "pk", None):
        raise IdentityTaken


@transaction.atomic
def link(*, user: User, provider: LoginProvider, subject: str, told: Told) -> Identity:
    """Make the identity the user's, or bring it in line with what its provider tells now.

    One that was known without a user is taken with its id: by subject, or by username if its person never came.

    Raises:
        IdentityTaken: it is linked to another account.
    """
    require_free(provider=provider, subject=subject, user=user)
    identity = _known(provider, subject, told) or Identity(provider=provider.realm)
    is_linked = identity.user_id is not None
    identity.user, identity.subject = user, subject
    identity.username = _free_username(identity, told.username, subject)
    identity.name, identity.email = told.name[:150], told.email
    if not is_linked:
        identity.linked_at = timezone.now()
    identity.save()
    if not is_linked:
        record("identity.linked", kind="identity", id=identity.pk, name=identity.username, actor=user)
    return identity


@transaction.atomic
def unlink(*, provider: LoginProvider, subject: str) -> None:
    """Take the identity from its user; the row stays, and with it the id."""
    identity = Identity.objects.filter(provider=provider.realm, subject=subject).exclude(user=None).first()
    if identity is None:
        return
    record("identity.unlinked", kind="identity", id=identity.pk, name=identity.username)
    identity.user = None
    identity.save(update_fields=["user"])


def _known(provider: LoginProvider, subject: str, told: Told) -> Identity | None:
    rows = Identity.objects.select_for_update().filter(provider=provider.realm)
    expected = rows.filter(username=f"{told.username}@{provider.realm}", subject="", user=None)
    return rows.filter(subject=subject).first() or expected.first()


def _free_username(identity: Identity, name: str, subject: str) -> str:
    """The first to come keeps a name: at some providers people choose it freely, and could choose another's."""
    names = [name, _plain(subject), identity.pk.hex]
    full = [f"{each}@{identity.provider}" for each in names]
    taken = set(Identity.objects.filter(username__in=full).exclude(pk=identity.pk).values_list("username", flat=True))
    return next(each for each in full if each not in taken)


def _plain(subject: str) -> str:
    return re.sub(r"[^a-z0-9._+-]", "_", subject.lower())
