"""What happened to a submission, what was said of it, and who else was shown it."""

from __future__ import annotations

import uuid

from django.db import models

from apps.accounts.models import User
from apps.common.json_text import JsonText
from apps.publish.models.submissions import Submission


class Event(models.Model):
    """A line of the history of a submission. ``by`` is a principal, "" the portal itself."""

    class Kind(models.TextChoices):
        BEGUN = "begun", "Begun"
        SENT = "sent", "Sent in"
        TAKEN_BACK = "taken_back", "Taken back by its author"
        SENT_BACK = "sent_back", "Sent back"
        APPROVED = "approved", "Approved"
        STARTED = "started", "Publishing started"
        PUBLISHED = "published", "Published"
        STUCK = "stuck", "Cannot go on now"
        UNDONE = "undone", "Publishing failed, and was undone"
        OPENED = "opened", "Embargo lifted"
        WITHDRAWN = "withdrawn", "Withdrawn"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100, blank=True)
    note = models.TextField(max_length=4000, blank=True)
    details = JsonText(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"


class Comment(models.Model):
    """What a reviewer says of a field, by its JSON pointer, or of the whole ("")."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField()
    pointer = models.CharField(max_length=500, blank=True)
    text = models.TextField(max_length=4000)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Link(models.Model):
    """An address that shows a submission to whoever has it, such as a referee who stays unnamed, until it expires.

    Of the secret in it only a digest is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100, blank=True)
    shows_authors = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.label or f"Link until {self.expires_at:%Y-%m-%d}"
