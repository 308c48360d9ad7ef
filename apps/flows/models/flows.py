"""A flow, and each definition that it ever had."""

from __future__ import annotations

import uuid

from django.db import models

from apps.access.types import Resource
from apps.accounts.models import User
from apps.common.json_text import JsonText


class Flow(models.Model):
    """A definition under a name. Who may see, start and change it are roles on ``resource``.

    A deleted one stays, unseen, for the runs that it began. ``account`` is who it is when it acts for itself
    (``RunAs: Flow``): access can be given to it as to a person.
    """

    LONGEST_TITLE = 128

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=LONGEST_TITLE)
    subtitle = models.CharField(max_length=128, blank=True)
    description = models.TextField(max_length=4096, blank=True)
    keywords = JsonText(default=list)
    account = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    builtin = models.CharField(max_length=60, blank=True, editable=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    version = models.ForeignKey("flows.Version", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-updated_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["builtin"], condition=~models.Q(builtin=""), name="installed_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def resource(self) -> Resource:
        return Resource("flow", self.id, self.title)


class Version(models.Model):
    """A definition with its input schema, which never changes: runs go on with the one that they began with."""

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = JsonText()
    input_schema = JsonText(default=dict)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["flow", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.flow_id} version {self.number}"
