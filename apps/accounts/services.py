"""What others may ask and tell about people, groups and tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigAutoField, CharField, Q, QuerySet, Value

from apps.accounts.errors import (
    AlreadyMember,
    InvalidPerson,
    LastAdmin,
    NoSuchGroup,
    NoSuchPerson,
    NoSuchToken,
    NotManager,
)
from apps.accounts.models import Group, Identity, Membership, Token, User
from apps.common.prepared import Prepared, Slot

Role = Membership.Role
_ACTIVE = Membership.Status.ACTIVE
_TOKEN_MARK = "vit_"  # noqa: S105 (what every token begins with, so that scanners of secrets can tell one)
_SEEN_EVERY = timedelta(minutes=1)


# --- people --------------------------------------------------------------------------------------------------------


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


def identity_ids_of(user: User) -> list[UUID]:
    """In the order of ``identities_of``."""
    return list(user.identities.values_list("id", flat=True))


def _ask_identities_and_groups() -> QuerySet[Identity, tuple[UUID, int]]:
    user = Slot("user", BigAutoField())
    identities = Identity.objects.order_by().filter(user=user).values_list("id", Value(0))
    memberships = Membership.objects.order_by().filter(identity__user=user, status=_ACTIVE)
    return identities.union(memberships.values_list("group_id", Value(1)))


_IDENTITIES_AND_GROUPS = Prepared(_ask_identities_and_groups)


def identity_and_group_ids_of(user: User) -> tuple[set[UUID], set[UUID]]:
    """The user's identities, and the groups in which one of them is an active member."""
    found: tuple[set[UUID], set[UUID]] = (set(), set())
    for one, is_group in _IDENTITIES_AND_GROUPS(user=user.pk):
        found[is_group].add(one)
    return found


def find_identity(username: str) -> Identity:
    """The identity called ``alice@provider``, or ``alice`` for one of this portal.

    Raises:
        NoSuchPerson: nobody who can sign in is called so.
    """
    full = username.strip().lower()
    if "@" not in full:
        full = f"{full}@{settings.IDENTITY_PROVIDER}"
    is_askable = "\0" not in full  # PostgreSQL refuses the question.
    identity = Identity.objects.filter(username=full, user__is_active=True).first() if is_askable else None
    if identity is None:
        raise NoSuchPerson
    return identity


def usernames_of(identity_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What identities are called, for those who may know who they are; one that is gone is left out."""
    return dict(Identity.objects.filter(pk__in=list(identity_ids)).values_list("pk", "username"))


# --- groups --------------------------------------------------------------------------------------------------------


def groups_of(user: User) -> list[Group]:
    """The groups in which any identity of the user is an active member."""
    mine = Membership.objects.filter(identity__user=user, status=_ACTIVE).values("group")
    return list(Group.objects.filter(pk__in=mine))


def memberships_of(user: User) -> list[Membership]:
    """The user's active memberships, with their groups, by the groups' names."""
    found = Membership.objects.filter(identity__user=user, status=_ACTIVE).select_related("group", "identity")
    return list(found.order_by("group__name", "group_id", "created_at"))


def membership_of(user: User, group_id: UUID) -> Membership:
    """The user's active membership in the group; the one with most rights if several of their identities are in it.

    Raises:
        NoSuchGroup: there is none, or the user is not in it.
    """
    found = Membership.objects.filter(identity__user=user, group=group_id, status=_ACTIVE)
    mine = _strongest(found.select_related("group", "identity"))
    if mine is None:
        raise NoSuchGroup
    return mine


def members_of(group: Group) -> list[Membership]:
    return list(group.memberships.filter(status=_ACTIVE).select_related("identity"))


@transaction.atomic
def make_group(*, owner: User, name: str, description: str = "") -> Group:
    """Make a group whose first admin is the owner, by the identity that they are known by."""
    group = Group.objects.create(name=name, description=description)
    Membership.objects.create(group=group, identity=identities_of(owner)[0], role=Role.ADMIN)
    return group


@transaction.atomic
def add_member(*, group: Group, identity: Identity, actor: User, role: str = Role.MEMBER) -> Membership:
    """Make the identity an active member; it counts from the next request on.

    Raises:
        NotManager: the actor does not manage the group, or gives a role that only its admins give.
        AlreadyMember: the identity is an active member; nothing is changed.
    """
    _require_management(group=group, actor=actor, of_role=role)
    place, is_new = Membership.objects.select_for_update().get_or_create(
        group=group, identity=identity, defaults={"role": role}
    )
    if not is_new:
        if place.status == _ACTIVE:
            raise AlreadyMember
        place.role, place.status = role, _ACTIVE
        place.save()
    return place


@transaction.atomic
def remove_member(*, group: Group, identity_id: UUID, actor: User) -> None:
    """Take the identity out of the group. Everybody may take out themselves.

    Raises:
        NoSuchPerson: the identity is not in the group.
        NotManager: the actor does not manage the group, or the member manages it and the actor is no admin.
        LastAdmin: nobody could change the group any more.
    """
    places = {place.identity_id: place for place in group.memberships.select_for_update().filter(status=_ACTIVE)}
    place = places.get(identity_id)
    if identity_id not in identity_ids_of(actor):
        _require_management(group=group, actor=actor, of_role=place.role if place else Role.MEMBER)
    if place is None:
        raise NoSuchPerson
    if place.is_admin and sum(other.is_admin for other in places.values()) == 1:
        raise LastAdmin
    place.delete()


def _require_management(*, group: Group, actor: User, of_role: str) -> None:
    if actor.is_active and actor.is_superuser:
        return
    mine = _strongest(group.memberships.filter(identity__user=actor, status=_ACTIVE))
    if mine is None or not (mine.is_admin or (mine.may_manage and of_role == Role.MEMBER)):
        raise NotManager


def _strongest(memberships: Iterable[Membership]) -> Membership | None:
    return max(memberships, key=lambda mine: Role.values.index(mine.role), default=None)


# --- tokens --------------------------------------------------------------------------------------------------------


def make_token(*, user: User, name: str, expires_at: datetime) -> tuple[Token, str]:
    """Make a token and its secret, which is told this once and kept nowhere."""
    secret = _TOKEN_MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user, name=name, prefix=secret[: len(_TOKEN_MARK) + 4], hash=_hash(secret), expires_at=expires_at
    )
    return token, secret


def tokens_of(user: User) -> list[Token]:
    """The tokens that were not revoked, the newest first; those that have ended too."""
    return list(user.tokens.filter(revoked_at=None))


def revoke_token(*, actor: User, token_id: UUID, now: datetime) -> Token:
    """End one of the actor's own tokens; doing it twice changes nothing.

    Raises:
        NoSuchToken: the actor has none with this id.
    """
    token = Token.objects.filter(pk=token_id, user=actor).first()
    if token is None:
        raise NoSuchToken
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
    return token


_TOKEN = Prepared(lambda: Token.objects.select_related("user").filter(hash=Slot("hash", CharField())).order_by())


def user_of_token(secret: str, *, now: datetime) -> User | None:
    """Whose live token this is; None if there is none, or its user may not sign in.

    That it was used is written at most once a minute, so that reading stays reading.
    """
    token = next(iter(_TOKEN(hash=_hash(secret))), None)
    if token is None or not token.is_live(now) or not token.user.is_active:
        return None
    if token.last_used_at is None or token.last_used_at <= now - _SEEN_EVERY:
        seen_before = Q(last_used_at=None) | Q(last_used_at__lte=now - _SEEN_EVERY)
        Token.objects.filter(seen_before, pk=token.pk).update(last_used_at=now)
    return token.user


def _hash(secret: str) -> str:
    # The secret is 256 random bits: no one can try them all, so that a slow hash would protect nothing.
    return hashlib.sha256(secret.encode()).hexdigest()
