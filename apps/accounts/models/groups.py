"""Groups, and who is in them."""

from __future__ import annotations

import uuid

from django.db import models

from apps.accounts.models.people import Identity


class Group(models.Model):
    """People who are given access together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150)
    description = models.TextField(max_length=4000, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An identity's place in a group. Only an active one gives access."""

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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "identity"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.identity} in {self.group}"

    @property
    def is_admin(self) -> bool:
        return self.role == self.Role.ADMIN

    @property
    def may_manage(self) -> bool:
        return self.role in {self.Role.MANAGER, self.Role.ADMIN}
