"""Who did what to what: a line for everything that changes access, never changed itself."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(models.QuerySet["AuditEvent"]):
    """Lines are added and read."""

    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ARG002  # as Django calls it
        raise TypeError("The audit log is append only.")

    def delete(self) -> NoReturn:
        raise TypeError("The audit log is append only.")


class AuditEvent(models.Model):
    """One line. It holds names as they were, and points at nothing, so that it outlives what it tells of.

    ``actor_id`` is the identity that the actor is known by, empty for nobody and for commands; ``via`` is how they
    came: ``page``, ``api``, ``command``, or the name of an application. ``action`` is a noun and what was done to it,
    such as ``group.member_added``.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=36, blank=True, db_index=True)
    actor_name = models.CharField(max_length=255, blank=True)
    action = models.CharField(max_length=64, db_index=True)
    target_kind = models.CharField(max_length=32)
    target_id = models.CharField(max_length=255, db_index=True)
    target_name = models.CharField(max_length=255, blank=True)
    details = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)
    via = models.CharField(max_length=100)
    request_id = models.CharField(max_length=64, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor_name or 'nobody'}: {self.action} {self.target_name or self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The audit log is append only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002  # as Django calls it
        raise TypeError("The audit log is append only.")
