"""Actions: begun by a run, or by others over the action-provider protocol."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.access.types import Resource
from apps.accounts.models import User
from apps.common.json_text import JsonText
from apps.flows.models.runs import Branch, Run


class Action(models.Model):
    """One action of a provider at ``url``: built in (``provider`` is its name) or elsewhere.

    It is one of a run's branch, or somebody's who asked by HTTP (``run`` is null). Its creator and ``request_id``
    name it: asked for again it is the same one. Whoever holds the ``lease`` begins it, asks how it goes, or cancels
    it; it is looked at again when ``due_at`` is past, or when what it ``awaits`` is announced. ``memo`` is the
    provider's own. In whose name it acts is ``user``. ``error_name`` is told of one that could not be begun, or that
    took too long; ``cancel_at`` is since when it is to be canceled, ``visit`` that of the branch which waits for it.
    Nothing may be heard of it for longer than ``heartbeat_s``; ``heard_at`` is when its provider last answered.
    ``attempts`` counts how often it was taken in hand, ``faults`` what went wrong in a row.
    """

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", "Active"
        INACTIVE = "INACTIVE", "Waits for a person"
        SUCCEEDED = "SUCCEEDED", "Succeeded"
        FAILED = "FAILED", "Failed"

    KIND = "action"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.CharField(max_length=60, blank=True)
    url = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, related_name="actions")
    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, null=True, related_name="actions")
    visit = models.PositiveIntegerField(default=0)
    state_name = models.CharField(max_length=200, blank=True)
    creator = models.CharField(max_length=100)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    run_as = models.CharField(max_length=100, default="User")
    request_id = models.CharField(max_length=100)
    body = JsonText()
    body_digest = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=64, blank=True)
    monitor_by = JsonText(default=list)
    manage_by = JsonText(default=list)
    release_after_s = models.PositiveIntegerField(default=30 * 86_400)

    status = models.CharField(max_length=9, choices=Status.choices, default=Status.ACTIVE)
    display_status = models.CharField(max_length=64, blank=True)
    error_name = models.CharField(max_length=60, blank=True)
    details = JsonText(default=dict)
    memo = JsonText(default=dict)
    awaits = models.CharField(max_length=100, blank=True)
    is_begun = models.BooleanField(default=False)
    cancel_at = models.DateTimeField(null=True)
    is_cancel_told = models.BooleanField(default=False)
    queue = models.CharField(max_length=30, blank=True)
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    timeout_at = models.DateTimeField(null=True)
    heartbeat_s = models.FloatField(null=True)
    heard_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    looks = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "id"]
        constraints = [models.UniqueConstraint(fields=["creator", "request_id"], name="requested_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(completed_at=None), name="actions_to_do"),
            models.Index(fields=["awaits"], condition=Q(completed_at=None), name="actions_that_await"),
        ]

    def __str__(self) -> str:
        return f"{self.provider or self.url} {self.id}"

    @property
    def is_over(self) -> bool:
        return self.completed_at is not None

    @property
    def resource(self) -> Resource:
        return Resource(self.KIND, self.id, self.label)
