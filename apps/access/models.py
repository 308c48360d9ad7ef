"""Who holds which role on what."""

from __future__ import annotations

import uuid

from django.db import models

from apps.access.types import Resource


class Role(models.Model):
    """One role on one resource, held by one principal. The resource is named, not pointed at: its app stands above."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource_kind = models.CharField(max_length=32)
    resource_id = models.UUIDField()
    role_name = models.CharField(max_length=32)
    principal = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["resource_kind", "resource_id", "role_name", "principal"], name="role_once")
        ]
        indexes = [models.Index(fields=["principal", "resource_kind"], name="role_of_principal")]

    def __str__(self) -> str:
        return f"{self.principal} is {self.role_name} of {self.resource_kind} {self.resource_id}"

    @property
    def resource(self) -> Resource:
        return Resource(self.resource_kind, self.resource_id)
