"""Groups: what one sees of them, and how they are made, changed and deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from apps.accounts.errors import HasSubgroups, InvalidGroup, NoSuchGroup
from apps.accounts.models import Group, Membership, User
from apps.accounts.models.groups import UP
from apps.accounts.services.audit import record
from apps.accounts.services.people import known_by
from apps.accounts.services.principals import identity_and_group_ids_of
from apps.accounts.services.standing import locked, may_manage, require_admin, strongest
from apps.accounts.types import Policies

Role, Status = Membership.Role, Membership.Status


def groups_of(user: User) -> list[Group]:
    """The groups that count for the user: in which an identity of theirs is active, and all above these."""
    mine = Membership.objects.order_by().filter(identity__user=user, status=Status.ACTIVE)
    counted = [Q(pk__in=mine.values(f"group{up}")) for up in UP]
    return list(Group.objects.filter(Q.create([*counted], connector=Q.OR)))


def my_groups(user: User, statuses: Collection[str] = (Status.ACTIVE,)) -> list[Group]:
    """The groups in which the user has a place of such a status. Those above one's own are among the active ones."""
    wanted = Q(pk__in=Membership.objects.order_by().filter(identity__user=user, status__in=statuses).values("group"))
    if Status.ACTIVE in statuses:
        wanted |= Q(pk__in=identity_and_group_ids_of(user)[1])
    return list(_seen_by(user).filter(wanted))


def findable_groups(user: User, text: str = "") -> QuerySet[Group]:
    """The groups that all may see, of which the user is in none, by a part of their names."""
    others = Group.objects.filter(visibility=Group.Visibility.AUTHENTICATED)
    return others.exclude(pk__in=identity_and_group_ids_of(user)[1]).filter(name__icontains=text.replace("\0", ""))


def get_group(group_id: UUID, *, actor: User) -> Group:
    """A group that the actor may see.

    Raises:
        NoSuchGroup: there is none, or it is private and the actor is neither in it nor below, nor invited.
    """
    group = _seen_by(actor).filter(pk=group_id).first()
    if group is None:
        raise NoSuchGroup
    return group


def subgroups_of(group: Group, *, actor: User) -> list[Group]:
    """Those right below that the actor may see."""
    return list(_seen_by(actor).filter(parent=group))


def group_above(group: Group, *, actor: User) -> Group | None:
    """The group right above, if the actor may see it."""
    return _seen_by(actor).filter(children=group).first()


def _seen_by(user: User) -> QuerySet[Group]:
    if user.is_active and user.is_superuser:
        return Group.objects.all()
    asked = Membership.objects.order_by().filter(identity__user=user, status__in=[Status.INVITED, Status.PENDING])
    is_seen_by_all = Q(visibility=Group.Visibility.AUTHENTICATED)
    counted = identity_and_group_ids_of(user)[1]
    return Group.objects.filter(is_seen_by_all | Q(pk__in=counted) | Q(pk__in=asked.values("group")))


def members_of(group: Group, *, actor: User) -> QuerySet[Membership]:
    """The places in the group that the actor may see: all for who manages it, else their own, and the other active
    members if the group lets its members see each other."""
    places = group.memberships.select_related("identity")
    if may_manage(actor, group):
        return places
    own = Q(identity__user=actor)
    members_see_each_other = group.members_visibility == Group.MembersVisibility.MEMBERS
    if members_see_each_other and group.pk in identity_and_group_ids_of(actor)[1]:
        return places.filter(own | Q(status=Status.ACTIVE))
    return places.filter(own)


def memberships_of(user: User) -> list[Membership]:
    """The user's active memberships, with their groups, by the groups' names."""
    return list(_places(user).filter(status=Status.ACTIVE).order_by("group__name", "group_id", "created_at"))


def waiting_of(user: User, status: str) -> list[Membership]:
    """The user's places that wait for an answer: theirs to an invitation, or that of managers to a request."""
    return list(_places(user).filter(status=status).select_related("group", "identity", "invited_by"))


def membership_of(user: User, group_id: UUID) -> Membership:
    """The user's active membership in the group; the one with most rights if several of their identities are in it.

    Raises:
        NoSuchGroup: there is none, or the user is not in it.
    """
    held = {mine.role: mine for mine in _places(user).filter(group=group_id, status=Status.ACTIVE)}
    if not held:
        raise NoSuchGroup
    return held[strongest(held) or ""]


def _places(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(identity__user=user).select_related("group", "identity")


@transaction.atomic
def make_group(
    *,
    owner: User,
    name: str,
    description: str = "",
    terms_and_conditions: str = "",
    parent: Group | None = None,
    policies: Policies | None = None,
) -> Group:
    """Make a group whose first admin is the owner, by the identity that they are known by.

    Raises:
        NotManager: the owner is no admin of the group that it shall stand below.
        InvalidGroup: it would stand too deep.
    """
    if parent is not None:
        parent = locked(parent)
        require_admin(group=parent, actor=owner)
    group = Group(name=name, description=description, parent=parent, terms_and_conditions=terms_and_conditions)
    _set(group, policies or Policies())
    try:
        group.clean()
    except ValidationError as error:
        raise InvalidGroup(error.messages[0], place="parent_id") from error
    group.save()
    Membership.objects.create(group=group, identity=known_by(owner), role=Role.ADMIN)
    _tell("made", group, owner, **({"parent": str(parent.pk)} if parent else {}))
    return group


@transaction.atomic
def change_group(
    *,
    group: Group,
    actor: User,
    name: str | None = None,
    description: str | None = None,
    terms_and_conditions: str | None = None,
    policies: Policies | None = None,
) -> Group:
    """Change what is said about the group, and its policies; None leaves one as it is.

    Raises:
        NotManager: the actor is no admin of the group.
    """
    require_admin(group=group, actor=actor)
    group = locked(group)
    asked = {"name": name, "description": description, "terms_and_conditions": terms_and_conditions}
    changed = {key: text for key, text in asked.items() if text is not None and text != getattr(group, key)}
    for key, text in changed.items():
        setattr(group, key, text)
    group.save()
    if changed:
        _tell("changed", group, actor, changed=sorted(changed))
    if policies is not None and policies != policies_of(group):
        group = set_policies(group=group, actor=actor, policies=policies)
    return group


@transaction.atomic
def set_policies(*, group: Group, actor: User, policies: Policies) -> Group:
    """Change who comes into the group and who sees it. Raises NotManager for all but admins."""
    require_admin(group=group, actor=actor)
    group = locked(group)
    _set(group, policies)
    group.save()
    _tell("policies_set", group, actor, **asdict(policies))
    return group


def policies_of(group: Group) -> Policies:
    values = {name: getattr(group, name) for name in Policies.__dataclass_fields__}
    return Policies(**{**values, "signup_fields": tuple(group.signup_fields)})


@transaction.atomic
def delete_group(*, group: Group, actor: User) -> None:
    """Delete the group and who is in it; what it was given stays in the roles and records, and is nobody's.

    Raises:
        NotManager: the actor is no admin of the group.
        HasSubgroups: there are groups below it.
    """
    require_admin(group=group, actor=actor)
    group = locked(group)
    if group.children.exists():
        raise HasSubgroups
    _tell("deleted", group, actor)
    group.delete()


def _set(group: Group, policies: Policies) -> None:
    for name, value in asdict(policies).items():
        setattr(group, name, list(value) if name == "signup_fields" else value)


def _tell(verb: str, group: Group, actor: User, **details: object) -> None:
    record(f"group.{verb}", kind="group", id=group.pk, name=group.name, actor=actor, **details)
