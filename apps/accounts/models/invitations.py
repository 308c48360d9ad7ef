"""Leave to make an account, where sign-up is by invitation."""

from __future__ import annotations

import uuid

from django.db import models

from apps.accounts.models.people import User


class Invitation(models.Model):
    """Whoever has the link may make one account, until it ends. Only a hash of the link's secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)
    used_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.email
