"""People and their identities."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q

from apps.accounts.errors import InvalidPerson, NoSuchPerson
from apps.accounts.models import Identity, User


def make_user(*, username: str, password: str | None, email: str = "", name: str = "", is_admin: bool = False) -> User:
    """Make a user with a local identity. Without a password nobody can sign in as them.

    ``is_admin`` makes one who may do everything here. The strength of the password is the caller's affair.

    Raises:
        InvalidPerson: the username is taken or not well formed, or the e-mail address is not one.
    """
    user = User(username=username, email=email, name=name, is_staff=is_admin, is_superuser=is_admin)
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        place, messages = next(iter(error.message_dict.items()))
        raise InvalidPerson(messages[0], place=place) from error
    user.save()
    return user


def identities_of(user: User) -> list[Identity]:
    """All identities, the one that the user is known by first."""
    return list(user.identities.all())


def known_by(user: User) -> Identity:
    """The identity that others know the user by. Everybody has one from the start."""
    return identities_of(user)[0]


def identity_ids_of(user: User) -> list[UUID]:
    """In the order of ``identities_of``."""
    return list(user.identities.values_list("id", flat=True))


def find_identity(username: str) -> Identity:
    """The identity called ``alice@provider``, or ``alice`` for one of this portal.

    One without a user is found too: what it is given waits for its person.

    Raises:
        NoSuchPerson: nobody is called so, or their account is switched off.
    """
    full = _full_username(username)
    is_askable = "\0" not in full  # PostgreSQL refuses the question.
    may_come = Q(user=None) | Q(user__is_active=True)
    identity = Identity.objects.filter(may_come, username=full).first() if is_askable else None
    if identity is None:
        raise NoSuchPerson
    return identity


def get_identity(identity_id: UUID) -> Identity:
    """The identity with this id.

    Raises:
        NoSuchPerson: there is none.
    """
    identity = Identity.objects.filter(pk=identity_id).first()
    if identity is None:
        raise NoSuchPerson
    return identity


def identities_by_id(identity_ids: Iterable[UUID]) -> dict[UUID, Identity]:
    """The identities with these ids, of people and of programs; one that is not there is left out."""
    return Identity.objects.in_bulk(list(identity_ids))


def names_of(identity_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What pages call identities, for those who may know who they are; one that is gone is left out."""
    found = Identity.objects.select_related("user").filter(pk__in=list(identity_ids))
    return {one.pk: one.shown_name for one in found}


def usernames_of(identity_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What identities are called for good; one that is gone is left out."""
    return dict(Identity.objects.filter(pk__in=list(identity_ids)).values_list("pk", "username"))


def identities_with_usernames(usernames: Iterable[str]) -> list[Identity]:
    """Those of the identities that there are, of people and of programs."""
    asked = map(_full_username, usernames)
    return list(Identity.objects.filter(username__in=[name for name in asked if "\0" not in name]))


def _full_username(told: str) -> str:
    """A name without ``@`` is one of this portal."""
    name = told.strip().lower()
    return name if "@" in name else f"{name}@{settings.IDENTITY_PROVIDER}"
