"""Triggers, the files that they saw, and what they started."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.common.json_text import JsonText
from apps.storage.types import FilePath
from apps.triggers.documents import watched_from, watched_json
from apps.triggers.types import Watched


class Trigger(models.Model):
    """What starts a flow in the name of its owner when something happens.

    ``body`` is what the flow is started with: a template, filled in from what happened (``apps.flows.language``).
    ``most_per_hour`` and ``most_at_once`` hold back runs that are too many; nothing is lost of them. ``errors`` counts
    firings of which nothing came, ``failures`` the last of these in a row; after ``most_failures`` of them it rests.
    ``inactive`` says why it rests, if not because its owner wanted it so. ``trouble``: why it cannot look just now.

    ``revision`` counts changes of what is watched; ``looked_revision`` is that of which it knows what was there when it
    began. ``watcher`` has it in its care until ``watched_until``. ``mark``: how far it has come, where it looks again.
    """

    class Kind(models.TextChoices):
        FILES = "files", "New files in a folder"
        WEBHOOK = "webhook", "A signed request (webhook)"
        MESSAGE = "message", "A message by API"
        RUN_END = "run_end", "The end of a run"
        RECORDS = "records", "A standing search"

    class State(models.TextChoices):
        PAUSED = "paused", "Paused"
        ACTIVE = "active", "Active"

    LONGEST_NAME = 255

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="triggers")
    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    watched_json = JsonText(default=dict)
    flow_id = models.UUIDField()
    body = JsonText(default=dict)
    most_per_hour = models.PositiveIntegerField(null=True)
    most_at_once = models.PositiveIntegerField(null=True)
    most_failures = models.PositiveSmallIntegerField(default=5)
    sealed_secret = models.TextField(blank=True)

    state = models.CharField(max_length=6, choices=State.choices, default=State.PAUSED)
    inactive = JsonText(null=True)
    made_at = models.DateTimeField()
    active_since = models.DateTimeField(null=True)
    last_fired_at = models.DateTimeField(null=True)
    fired = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)

    revision = models.PositiveIntegerField(default=1)
    watcher = models.UUIDField(null=True)
    watched_until = models.DateTimeField(null=True)
    looked_revision = models.PositiveIntegerField(null=True)
    looked_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    mark = JsonText(default=dict)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["owner", "made_at"], name="triggers_of_owner"),
            models.Index(fields=["kind"], condition=Q(state="active"), name="triggers_at_work"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_looked(self) -> bool:
        return self.looked_revision == self.revision

    @property
    def watched(self) -> Watched:
        return watched_from(self.watched_json)

    @watched.setter
    def watched(self, told: Watched) -> None:
        self.watched_json = watched_json(told)
        self.kind = self.watched_json["kind"]


class Firing(models.Model):
    """Something happened that starts a run. ``key`` names it, so that it is taken once however often it is told.

    ``facts`` is what happened, as the template sees it. ``due_at``: somebody has to look at it then.
    """

    class State(models.TextChoices):
        DUE = "due", "To be started"
        GOING = "going", "Going on"
        DONE = "done", "Succeeded"
        FAILED = "failed", "Failed"
        IGNORED = "ignored", "Ignored"

    LONGEST_KEY = 255

    trigger = models.ForeignKey(Trigger, on_delete=models.CASCADE, related_name="firings")
    key = models.CharField(max_length=LONGEST_KEY)
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.DUE)
    facts = JsonText(default=dict)
    count = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    run_id = models.UUIDField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["trigger", "key"], name="each_happening_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="firings_to_do"),
            models.Index(fields=["run_id"], condition=Q(run_id__isnull=False), name="firings_by_run"),
            models.Index(fields=["trigger", "begun_at"], name="firings_begun"),
            models.Index(fields=["trigger", "-at", "-id"], name="firings_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} at {self.at:%Y-%m-%d %H:%M:%S}"


class SeenFile(models.Model):
    """A file that a trigger saw, and what became of it: each path is remembered, so that each file is taken once.

    ``path_id`` stands for the path, which may be too long for the index of a database; ``group_id`` for the group of
    files that it starts a run with. ``version`` is that of the storage. ``seen_at``: when this version was first seen.
    """

    class State(models.TextChoices):
        NEW = "new", "Not yet settled"
        SETTLED = "settled", "Settled, waits for others"
        MARKER = "marker", "Marker"
        TAKEN = "taken", "Taken"
        IGNORED = "ignored", "Ignored"

    trigger = models.ForeignKey(Trigger, on_delete=models.CASCADE, related_name="files")
    path_id = models.UUIDField()
    path = models.TextField()
    group_id = models.UUIDField(null=True)
    size = models.BigIntegerField(default=0)
    version = models.TextField(blank=True)
    modified_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.NEW)
    message = models.TextField(blank=True)
    seen_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    firing = models.ForeignKey(Firing, null=True, on_delete=models.SET_NULL, related_name="files")

    class Meta:
        ordering = ["-seen_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["trigger", "path_id"], name="each_file_of_a_trigger_once")]
        indexes = [
            models.Index(fields=["trigger", "due_at"], condition=Q(state="new"), name="files_to_settle"),
            models.Index(fields=["trigger", "group_id"], condition=Q(state="settled"), name="files_settled"),
            models.Index(fields=["trigger", "state", "-seen_at", "-id"], name="files_newest"),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def place(self) -> FilePath:
        return FilePath.from_key(self.path)
