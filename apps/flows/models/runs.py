"""A run, the branches in which it goes on, and its log."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.access.types import Resource
from apps.accounts.models import User
from apps.common.json_text import JsonText
from apps.flows.models.flows import Flow, Version


class Run(models.Model):
    """One execution of a flow, in the name of its owner.

    ``log_count`` numbers the log; whoever changes anything of a run holds its row meanwhile, so that its transitions
    come one after the other, while its actions are under way together. ``wanted`` is what people ask for;
    ``halt`` says why a run waits for its owner. ``context`` is what ``$._context`` is, from its start to its end.
    ``news_at`` is since when something is to be told of it: that it ended, or waits for its owner. ``depth`` counts the
    runs above it, each of which started the next as an action.
    """

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", "Active"
        INACTIVE = "INACTIVE", "Paused"
        SUCCEEDED = "SUCCEEDED", "Succeeded"
        FAILED = "FAILED", "Failed"

    class Wanted(models.TextChoices):
        RUN = "run"
        PAUSE = "pause"
        CANCEL = "cancel"

    LONGEST_LABEL = 64
    MOST_TAGS = 10
    LONGEST_TAG = 64
    DEEPEST = 10

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="runs")
    flow_title = models.CharField(max_length=Flow.LONGEST_TITLE)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="runs")
    owner_urn = models.CharField(max_length=100)
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    tags = JsonText(default=list)
    notify_on = JsonText(default=list)

    status = models.CharField(max_length=9, choices=Status.choices, default=Status.ACTIVE)
    wanted = models.CharField(max_length=6, choices=Wanted.choices, default=Wanted.RUN)
    input = JsonText(default=dict)
    context = JsonText(default=dict)
    output = JsonText(null=True)
    error_name = models.CharField(max_length=200, blank=True)
    error_cause = models.TextField(blank=True)
    halt = JsonText(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    deadline = models.DateTimeField()
    cancel_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    log_count = models.PositiveIntegerField(default=0)
    news_at = models.DateTimeField(null=True)
    redrives = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-started_at", "id"]
        indexes = [
            models.Index(fields=["owner", "-started_at"], name="runs_of_owner"),
            models.Index(fields=["flow", "-started_at"], name="runs_of_flow"),
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="runs_to_do"),
            models.Index(fields=["news_at"], condition=Q(news_at__isnull=False), name="runs_to_tell_of"),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.flow_title} {self.id}"

    @property
    def resource(self) -> Resource:
        return Resource("run", self.id, self.label)

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class Branch(models.Model):
    """Where a run stands: one goes through the outermost machine, more through those of Parallel and Map states.

    ``position`` is what the engine goes on from (``engine.positions.Position``), ``caught`` where it stood when an
    error was last caught. ``visit`` counts what was begun, so that each action has a name of its own. ``items`` are
    those of a Map, written once; the counts are of the children of the last fork, at ``fork_visit``; ``born_at`` is at
    which fork of its parent it began itself.
    """

    class Stage(models.TextChoices):
        GO = "go", "Goes on"
        SLEEP = "sleep", "Waits until a time"
        RETRY = "retry", "Waits to try again"
        ACT = "act", "Waits for an action"
        JOIN = "join", "Waits for its branches"
        DONE = "done", "Ended"

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", "Active"
        SUCCEEDED = "SUCCEEDED", "Succeeded"
        FAILED = "FAILED", "Failed"
        CANCELED = "CANCELED", "Canceled"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="branches")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    number = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=5, choices=Stage.choices, default=Stage.GO)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.ACTIVE)
    position = JsonText()
    caught = JsonText(null=True)
    visit = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    output = JsonText(null=True)
    error_name = models.CharField(max_length=200, blank=True)
    error_cause = models.TextField(blank=True)
    items = JsonText(null=True)
    most_at_once = models.PositiveIntegerField(default=0)
    tolerated = models.PositiveIntegerField(default=0)
    children_total = models.PositiveIntegerField(default=0)
    children_begun = models.PositiveIntegerField(default=0)
    children_ended = models.PositiveIntegerField(default=0)
    children_failed = models.PositiveIntegerField(default=0)
    fork_visit = models.PositiveIntegerField(default=0)
    born_at = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "due_at"], name="branches_to_do")]

    def __str__(self) -> str:
        return f"branch {self.pk} of {self.run_id}"


class LogEntry(models.Model):
    """Something that happened in a run. Numbers of a run have no gap and no double."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="log")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    code = models.CharField(max_length=60)
    description = models.CharField(max_length=300)
    details = JsonText(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="logged_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"
