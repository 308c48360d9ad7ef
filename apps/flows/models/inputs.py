"""What a run asks of people."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.access.types import Resource
from apps.common.json_text import JsonText
from apps.flows.models.actions import Action


class WebInput(models.Model):
    """A question to people, open until one of them has answered: which option, or what a form says.

    Who may see and answer it are roles on ``resource``. ``schema`` is what an answer has to be; ``response`` is it.
    ``suffix`` is under which word the page is found that definitions of the hosted service name.
    """

    class Type(models.TextChoices):
        SELECTION = "selection"
        FORM = "form"

    class Status(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="web_input")
    input_type = models.CharField(max_length=9, choices=Type.choices)
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.OPEN)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    schema = JsonText(default=dict)
    suffix = models.CharField(max_length=200, blank=True)
    takes_comment = models.BooleanField(default=False)
    is_told = models.BooleanField(default=False)
    response = JsonText(null=True)
    comment = models.TextField(blank=True)
    responded_by = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["suffix"], condition=Q(status="open") & ~Q(suffix=""), name="page_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def resource(self) -> Resource:
        return Resource("web_input", self.id, self.title)

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class WebOption(models.Model):
    """One of the options of a selection. ``suffix``: under which word it is chosen by a link of its own, while the
    question is open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    web_input = models.ForeignKey(WebInput, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    suffix = models.CharField(max_length=200, blank=True, db_index=True)
    completed_message = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name
