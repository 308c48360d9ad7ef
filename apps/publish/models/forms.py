"""A form, and each document that it ever had."""

from __future__ import annotations

import uuid

from django.db import models

from apps.access.types import Resource
from apps.accounts.models import User
from apps.common.json_text import JsonText


class Form(models.Model):
    """How a kind of dataset is published. Who may see, fill in, review and change it are roles on ``resource``.

    It publishes in the name of ``publisher``, who administers the collection and may write to the index that it names:
    those who fill it in need no right on either. A deleted one stays, unseen, for what was published by it.
    ``builtin`` is the name of the file that it was installed from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=128)
    publisher = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=False)
    builtin = models.CharField(max_length=60, blank=True, editable=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    version = models.ForeignKey("publish.FormVersion", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["builtin"], condition=~models.Q(builtin=""), name="form_installed_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def resource(self) -> Resource:
        return Resource("form", self.id, self.title)


class FormVersion(models.Model):
    """A document (``apps.publish.document``), which never changes: a submission keeps the one that it was filled in
    with until its author takes over a newer one."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = JsonText()
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.form_id} version {self.number}"
