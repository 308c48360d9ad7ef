"""Timers, and their turns."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.common.json_text import JsonText
from apps.timers.documents import schedule_from, schedule_json
from apps.timers.types import Missed, Overlap, Schedule


class Timer(models.Model):
    """What is begun in the name of its owner when the clock says so.

    ``body`` is what is submitted each time, as it was told: the document of a transfer, or what a flow is started
    with. ``turn_at`` is the turn that comes next, by the schedule; ``due_at`` when it is begun, which is a little later
    if there is jitter. Neither is there when it has ended. ``taken`` counts the turns that were, ``errors`` those of
    them of which nothing came, ``failures`` the last of these in a row. ``inactive`` says why it rests, if not because
    its owner paused it.
    """

    class Kind(models.TextChoices):
        TRANSFER = "transfer", "Transfer"
        FLOW = "flow", "Flow"

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        ENDED = "ended", "Ended"

    LONGEST_NAME = 255

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="timers")
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    flow_id = models.UUIDField(null=True)
    body = JsonText(default=dict)
    schedule_json = JsonText(default=dict)
    missed = models.CharField(max_length=4, choices=[(one.value, one.value) for one in Missed], default=Missed.LAST)
    overlap = models.CharField(max_length=4, choices=[(one.value, one.value) for one in Overlap], default=Overlap.SKIP)
    most_failures = models.PositiveSmallIntegerField(default=5)

    state = models.CharField(max_length=6, choices=State.choices, default=State.ACTIVE)
    inactive = JsonText(null=True)
    submitted_at = models.DateTimeField()
    turn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    last_turn_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["submitted_at", "id"]
        indexes = [
            models.Index(fields=["owner", "submitted_at"], name="timers_of_owner"),
            models.Index(fields=["due_at"], condition=Q(state="active"), name="timers_to_strike"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} timer {self.id}"

    @property
    def schedule(self) -> Schedule:
        return schedule_from(self.schedule_json)

    @schedule.setter
    def schedule(self, told: Schedule) -> None:
        self.schedule_json = schedule_json(told)


class Turn(models.Model):
    """One turn of a timer, or several that were missed (``count``), the first of them at ``at``.

    ``at`` is what the schedule says: by it the turn is known, so that it is begun once, whatever dies. What it began is
    ``begun_id``: a task of transfer, or a run. ``due_at``: somebody has to look at it then.
    """

    class State(models.TextChoices):
        DUE = "due", "To be begun"
        GOING = "going", "Going on"
        DONE = "done", "Succeeded"
        FAILED = "failed", "Failed"
        SKIPPED = "skipped", "Skipped: the one before went on"
        MISSED = "missed", "Missed"

    timer = models.ForeignKey(Timer, on_delete=models.CASCADE, related_name="turns")
    at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DUE)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    begun_id = models.UUIDField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["timer", "at"], name="each_turn_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="turns_to_do"),
            models.Index(fields=["begun_id"], condition=Q(begun_id__isnull=False), name="turns_by_what_they_began"),
        ]

    def __str__(self) -> str:
        return f"{self.timer} at {self.at:%Y-%m-%d %H:%M:%S}"
