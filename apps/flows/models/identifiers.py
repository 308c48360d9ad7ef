"""Identifiers that the portal gives itself."""

from __future__ import annotations

from django.db import models

from apps.common.json_text import JsonText


class Identifier(models.Model):
    """A name that leads to ``url`` for ever. Once it was findable it is never taken back, only hidden."""

    class State(models.TextChoices):
        DRAFT = "draft", "Reserved"
        REGISTERED = "registered", "Hidden"
        FINDABLE = "findable", "Findable"

    name = models.CharField(primary_key=True, max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    url = models.TextField(blank=True)
    metadata = JsonText(default=dict)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
