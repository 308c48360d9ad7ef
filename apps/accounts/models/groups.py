"""Groups, and who is in them."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_delete

from apps.accounts.models.people import Identity
from apps.accounts.models.sources import PrincipalSource, renew_before_deletion

MOST_LAYERS = 5
"""So many groups may stand above each other, the lowest and the highest included."""
UP = tuple("__parent" * steps for steps in range(MOST_LAYERS))
"""From a group to itself and each above it, in Django's words for looking something up."""
EIGHT_HOURS_S = 28_800


class Group(PrincipalSource):
    """People who are given access together.

    Who is in a group is in all groups above it, too. A group takes over nothing from the one above it: neither its
    admins nor its rules. ``is_high_assurance``, its timeout and ``signup_fields`` are kept and told for the clients
    that set them; nothing here acts on them.
    """

    principal_fields = frozenset({"parent"})

    class Joining(models.TextChoices):
        OPEN = "open", "Whoever sees the group may join"
        REQUEST = "request", "Whoever sees the group may ask to join"
        INVITATION = "invitation", "By invitation alone"

    class Visibility(models.TextChoices):
        PRIVATE = "private", "Its members, and whom they invite"
        AUTHENTICATED = "authenticated", "All who are signed in"

    class MembersVisibility(models.TextChoices):
        MANAGERS = "managers", "Its managers and admins"
        MEMBERS = "members", "All its members"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150)
    description = models.TextField(max_length=4000, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    terms_and_conditions = models.TextField(max_length=20_000, blank=True)
    joining = models.CharField(max_length=10, choices=Joining.choices, default=Joining.INVITATION)
    visibility = models.CharField(max_length=13, choices=Visibility.choices, default=Visibility.PRIVATE)
    members_visibility = models.CharField(
        max_length=8, choices=MembersVisibility.choices, default=MembersVisibility.MANAGERS
    )
    is_high_assurance = models.BooleanField(default=False)
    authentication_assurance_timeout = models.PositiveIntegerField(default=EIGHT_HOURS_S, help_text="In seconds.")
    signup_fields = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def how_to_join(self) -> str:
        return {"open": "Open to join", "request": "By request"}.get(self.joining, "By invitation")

    @property
    def who_sees(self) -> str:
        return "Seen by its members" if self.visibility == self.Visibility.PRIVATE else "Seen by all who sign in"

    @classmethod
    def people(cls, keys: list[Any]) -> Q:
        """Who is in the groups, or in one below."""
        in_them = [Q(**{f"group{up}__in": keys}) for up in UP]
        return Q(identities__memberships__in=Membership.objects.filter(Q.create([*in_them], connector=Q.OR)))

    def clean(self) -> None:
        """A group stands neither below itself nor too deep."""
        above = _above(self.parent)
        if self in above:
            raise ValidationError({"parent": "A group cannot stand below itself."})
        if len(above) + _height(self) > MOST_LAYERS:
            raise ValidationError({"parent": f"Groups stand in at most {MOST_LAYERS} layers. Choose one further up."})


def _above(group: Group | None) -> list[Group]:
    """The group and those above it. A ring, which nothing here makes, ends where it begins."""
    found: list[Group] = []
    while group is not None and group not in found:
        found.append(group)
        group = group.parent
    return found


def _height(group: Group) -> int:
    """How many layers the group and those below it make."""
    below = [group.pk]
    for height in range(1, MOST_LAYERS + 1):
        below = list(Group.objects.filter(parent__in=below).values_list("pk", flat=True))
        if not below:
            return height
    return MOST_LAYERS + 1


class Membership(PrincipalSource):
    """An identity's place in a group. Only an active one gives access; the others say how it came to be none.

    ``given_by`` is the provider whose claims gave it, and who takes it back; empty for one that people gave.
    """

    principal_fields = frozenset({"group", "identity", "status"})

    class Role(models.TextChoices):
        MEMBER = "member"
        MANAGER = "manager"
        ADMIN = "admin"

    class Status(models.TextChoices):
        ACTIVE = "active"
        INVITED = "invited"
        PENDING = "pending"
        REJECTED = "rejected"
        REMOVED = "removed"
        LEFT = "left"
        DECLINED = "declined"

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    status_reason = models.CharField(max_length=500, blank=True)
    invited_by = models.ForeignKey(Identity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    given_by = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "identity"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.identity} in {self.group}"

    @classmethod
    def people(cls, keys: list[Any]) -> Q:
        return Q(identities__memberships__in=keys)

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE

    @property
    def is_admin(self) -> bool:
        return self.role == self.Role.ADMIN

    @property
    def may_manage(self) -> bool:
        return self.role in {self.Role.MANAGER, self.Role.ADMIN}


pre_delete.connect(renew_before_deletion, sender=Group)
pre_delete.connect(renew_before_deletion, sender=Membership)
