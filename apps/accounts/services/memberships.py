"""Who comes into a group and who goes: each step with its rule.

All steps are called alike. They count from the next request on, and each is told to the audit log. Authority is asked
first, so that nobody who lacks it learns who is in the group.
"""

from __future__ import annotations

from django.db import transaction

from apps.accounts.errors import AlreadyMember, CannotJoin, LastAdmin, NotMember, NotYours, WrongStatus
from apps.accounts.models import Group, Identity, Membership, User
from apps.accounts.services.audit import record
from apps.accounts.services.people import identity_ids_of, known_by
from apps.accounts.services.standing import locked, require_admin, require_management, role_in, strongest

Role, Status = Membership.Role, Membership.Status
Joining = Group.Joining
_LIVE = {Status.ACTIVE, Status.INVITED, Status.PENDING}
_PUT_OUT = {Status.REMOVED, Status.REJECTED}
"""Who was sent away comes back when a manager adds or invites them, not by themselves."""


@transaction.atomic
def add_member(*, group: Group, identity: Identity, actor: User, role: str = Role.MEMBER) -> Membership:
    """Make the identity an active member.

    Raises:
        NotManager: the actor does not manage the group, or gives a role that only its admins give.
        AlreadyMember: the identity is an active member; nothing is changed.
    """
    place = _place_to_fill(group, identity, actor, role)
    return _told("member_added", place, actor, status=Status.ACTIVE, role=role)


@transaction.atomic
def invite(*, group: Group, identity: Identity, actor: User, role: str = Role.MEMBER) -> Membership:
    """Let the identity choose whether it becomes a member. Raises what ``add_member`` raises."""
    place = _place_to_fill(group, identity, actor, role)
    place.invited_by = known_by(actor)
    return _told("member_invited", place, actor, status=Status.INVITED, role=role)


@transaction.atomic
def accept_invitation(*, group: Group, identity: Identity, actor: User) -> Membership:
    """Take the place, in the role, to which one of the actor's identities was invited.

    Raises:
        NotYours: it is somebody else's identity.
        NotMember, WrongStatus: it was not invited.
    """
    place = _own_place(group, identity, actor, Status.INVITED)
    return _told("invitation_accepted", place, actor, status=Status.ACTIVE)


@transaction.atomic
def decline_invitation(*, group: Group, identity: Identity, actor: User) -> Membership:
    """Say no. Raises what ``accept_invitation`` raises."""
    place = _own_place(group, identity, actor, Status.INVITED)
    return _told("invitation_declined", place, actor, status=Status.DECLINED)


@transaction.atomic
def join(*, group: Group, identity: Identity, actor: User) -> Membership:
    """Become a member of an open group; who was invited with a role gets that role.

    Raises:
        NotYours: it is somebody else's identity.
        CannotJoin: the group is not open.
        AlreadyMember: the identity is in it.
        WrongStatus: it was removed or rejected.
    """
    place = _place_to_enter(group, identity, actor, {Joining.OPEN})
    role = place.role if place.status == Status.INVITED else Role.MEMBER
    return _told("member_joined", place, actor, status=Status.ACTIVE, role=role)


@transaction.atomic
def ask_to_join(*, group: Group, identity: Identity, actor: User) -> Membership:
    """Ask the managers of the group, who approve or reject. In an open group nobody needs to be asked.

    Raises:
        NotYours, AlreadyMember: as ``join``.
        CannotJoin: one comes into the group by invitation alone.
        WrongStatus: the identity has asked or was invited already, or was removed or rejected.
    """
    place = _place_to_enter(group, identity, actor, {Joining.OPEN, Joining.REQUEST})
    if place.group.joining == Joining.OPEN:
        return join(group=group, identity=identity, actor=actor)
    if place.status in _LIVE:
        raise WrongStatus.being(place.status)
    return _told("membership_requested", place, actor, status=Status.PENDING, role=Role.MEMBER)


@transaction.atomic
def approve(*, group: Group, identity: Identity, actor: User) -> Membership:
    """Let in who asked.

    Raises:
        NotManager: the actor does not manage the group.
        NotMember, WrongStatus: the identity has not asked.
    """
    place = _managed_place(group, identity, actor, Status.PENDING)
    return _told("request_approved", place, actor, status=Status.ACTIVE)


@transaction.atomic
def reject(*, group: Group, identity: Identity, actor: User, reason: str = "") -> Membership:
    """Refuse who asked. Raises what ``approve`` raises."""
    place = _managed_place(group, identity, actor, Status.PENDING)
    return _told("request_rejected", place, actor, status=Status.REJECTED, reason=reason)


@transaction.atomic
def leave(*, group: Group, identity: Identity, actor: User) -> Membership:
    """Take one of the actor's identities out of the group, or take back that it asked to come in.

    Raises:
        NotYours: it is somebody else's identity.
        NotMember, WrongStatus: it is not in the group.
        LastAdmin: nobody could change the group any more.
    """
    place = _own_place(group, identity, actor, Status.ACTIVE, Status.PENDING)
    _require_another_admin(place)
    return _told("member_left", place, actor, status=Status.LEFT)


@transaction.atomic
def remove_member(*, group: Group, identity: Identity, actor: User, reason: str = "") -> Membership:
    """Take the identity out of the group, or take back its invitation.

    Raises:
        NotManager: the actor does not manage the group, or the member manages it and the actor is no admin.
        NotMember, WrongStatus: the identity is not in the group.
        LastAdmin: nobody could change the group any more.
    """
    place = _managed_place(group, identity, actor, Status.ACTIVE, Status.INVITED)
    _require_another_admin(place)
    return _told("member_removed", place, actor, status=Status.REMOVED, reason=reason)


@transaction.atomic
def change_role(*, group: Group, identity: Identity, actor: User, role: str) -> Membership:
    """Give an active member another role.

    Raises:
        NotManager: the actor is no admin of the group.
        NotMember, WrongStatus: the identity is not in the group.
        LastAdmin: nobody could change the group any more.
    """
    require_admin(group=group, actor=actor)
    place = _managed_place(group, identity, actor, Status.ACTIVE)
    if role != Role.ADMIN:
        _require_another_admin(place)
    return _told("role_changed", place, actor, status=Status.ACTIVE, role=role)


def allowed_actions(user: User, group: Group) -> list[str]:
    """What the user may do in the group to somebody, in the words of the Groups API."""
    mine = role_in(user, group)
    by_role = {Role.MANAGER: ["add", "approve", "invite", "reject", "remove"]}
    by_role[Role.ADMIN] = [*by_role[Role.MANAGER], "change_role"]
    held = set(group.memberships.filter(identity__user=user).values_list("status", flat=True))
    own = {"accept", "decline"} if Status.INVITED in held else set()
    own |= {"leave"} if held & {Status.ACTIVE, Status.PENDING} else set()
    if not held & {Status.ACTIVE, *_PUT_OUT}:
        own |= {"join", "request_join"} if group.joining == Joining.OPEN else set()
        own |= {"request_join"} if group.joining == Joining.REQUEST and not held & _LIVE else set()
    return sorted(own.union(by_role.get(mine, ())))  # type: ignore[call-overload]  # None is nobody's role


def _place(group: Group, identity: Identity) -> Membership:
    """The identity's place in the group, which nobody else changes meanwhile; one without a status if it has none."""
    group = locked(group)
    found = Membership.objects.filter(group=group, identity=identity).first()
    place = found or Membership(status="")
    place.group, place.identity = group, identity
    return place


def _place_to_fill(group: Group, identity: Identity, actor: User, role: str) -> Membership:
    place = _place(group, identity)
    at_stake = strongest([role, place.role] if place.status in _LIVE else [role])
    require_management(group=group, actor=actor, of_role=at_stake or role)
    if place.is_active:
        raise AlreadyMember
    return place


def _place_to_enter(group: Group, identity: Identity, actor: User, joining: set[Joining]) -> Membership:
    _require_own(identity, actor)
    place = _place(group, identity)
    if place.is_active:
        raise AlreadyMember
    if place.group.joining not in joining:
        raise CannotJoin
    if place.status in _PUT_OUT:
        raise WrongStatus.being(place.status)
    return place


def _own_place(group: Group, identity: Identity, actor: User, *statuses: str) -> Membership:
    _require_own(identity, actor)
    return _with_status(_place(group, identity), *statuses)


def _managed_place(group: Group, identity: Identity, actor: User, *statuses: str) -> Membership:
    place = _place(group, identity)
    require_management(group=group, actor=actor, of_role=place.role if place.status in _LIVE else Role.MEMBER)
    return _with_status(place, *statuses)


def _with_status(place: Membership, *statuses: str) -> Membership:
    if not place.status:
        raise NotMember
    if place.status not in statuses:
        raise WrongStatus.being(place.status)
    return place


def _require_own(identity: Identity, actor: User) -> None:
    if identity.pk not in identity_ids_of(actor):
        raise NotYours


def _require_another_admin(place: Membership) -> None:
    """Refuse with LastAdmin what would leave the group without one."""
    admins = place.group.memberships.filter(role=Role.ADMIN, status=Status.ACTIVE)
    if place.is_active and place.is_admin and not admins.exclude(pk=place.pk).exists():
        raise LastAdmin


def _told(
    verb: str, place: Membership, actor: User, *, status: str, role: str | None = None, reason: str = ""
) -> Membership:
    """Keep the place as it is from now on, and tell the audit log."""
    if place.status != status:
        place.given_by = ""  # What people decide is theirs to change: claims neither take it back nor give it again.
    place.status, place.status_reason, place.role = status, reason, role or place.role
    place.save()
    group, identity = place.group, place.identity
    told = {"identity": str(identity.pk), "username": identity.username, "role": place.role}
    record(f"group.{verb}", kind="group", id=group.pk, name=group.name, actor=actor, **told)
    return place
