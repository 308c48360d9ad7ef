"""One filled form, from draft to record."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from apps.access.types import Resource
from apps.accounts.models import User
from apps.common.json_text import JsonText
from apps.publish.models.forms import Form, FormVersion
from apps.publish.types import Chosen, Wanted


class Submission(models.Model):
    """What somebody writes, and sends in; published, it is a record, and may be changed and published again.

    ``content`` is what is filled in, valid or not. ``typed`` is, by JSON pointer, what could not be read as what the
    form asks for; ``proposed`` what files said and nobody has looked at yet. ``revision`` grows with each save: who
    saves says which one they saw. ``number`` is the version that is being prepared or was published last.
    ``run_id`` is the run that publishes it; ``trouble`` why the last one did not. ``due_at``: somebody has to look at
    it then (what is being undone, or withdrawn); ``waits_for`` is why that cannot go on, ``waits_since`` since when.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHING = "publishing", "Being published"
        UNDOING = "undoing", "Being taken back"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="submissions")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="submissions")
    author_urn = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    number = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=300, blank=True)
    content = JsonText(default=dict)
    typed = JsonText(default=dict)
    proposed = JsonText(default=dict)
    files_json = JsonText(default=list)
    wanted_json = JsonText(default=dict)
    note = models.TextField(max_length=4000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=100)
    sent_at = models.DateTimeField(null=True)
    run_id = models.UUIDField(null=True)
    trouble = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, db_index=True)
    waits_for = models.TextField(blank=True)
    waits_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-saved_at", "id"]

    def __str__(self) -> str:
        return self.name or f"Untitled ({self.short_id})"

    @property
    def resource(self) -> Resource:
        return Resource("submission", self.id, str(self))

    @property
    def short_id(self) -> str:
        """What tells it apart in names of folders."""
        return self.id.hex[:10]

    @property
    def files(self) -> list[Chosen]:
        return [Chosen.from_json(one) for one in self.files_json]

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.wanted_json)

    @property
    def document(self) -> dict[str, Any]:
        """That of the form's version with which it is filled in."""
        told: dict[str, Any] = self.form_version.document
        return told
