"""Tasks, what each was asked for, its ledger of files, and what happened."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.transfer.types import Options


class TransferQuerySet(models.QuerySet["Task"]):
    def unfinished(self) -> TransferQuerySet:
        return self.filter(completed_at=None)


class Task(models.Model):
    """A transfer or a delete.

    ``wanted`` is what its owner asks for, ``status`` what is the case; whoever holds the ``lease`` brings the two
    together. It is looked at again when ``due_at`` is past. ``trouble`` is the last fault that it has not got over.
    A deleted collection leaves its name here. ``bytes_checked`` are those that were read to be compared.
    """

    class Type(models.TextChoices):
        TRANSFER = "TRANSFER", "Transfer"
        DELETE = "DELETE", "Delete"

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", "Active"
        INACTIVE = "INACTIVE", "Paused"
        SUCCEEDED = "SUCCEEDED", "Succeeded"
        FAILED = "FAILED", "Failed"

    class Wanted(models.TextChoices):
        RUN = "run"
        PAUSE = "pause"
        CANCEL = "cancel"

    class Stage(models.TextChoices):
        SCAN = "scan", "Looking for files"
        COPY = "copy", "Transferring"
        EXTRA = "extra", "Looking for what is to go"
        DELETE = "delete", "Deleting"
        DONE = "done", "Done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task_type = models.CharField(max_length=8, choices=Type.choices)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tasks")
    submission_id = models.UUIDField(default=uuid.uuid4)
    label = models.CharField(max_length=255, blank=True)
    source = models.ForeignKey(Collection, on_delete=models.SET_NULL, null=True, related_name="+")
    source_name = models.CharField(max_length=200, blank=True)
    destination = models.ForeignKey(Collection, on_delete=models.SET_NULL, null=True, related_name="+")
    destination_name = models.CharField(max_length=200, blank=True)
    options_json = models.JSONField(default=dict)

    status = models.CharField(max_length=9, choices=Status.choices, default=Status.ACTIVE)
    wanted = models.CharField(max_length=6, choices=Wanted.choices, default=Wanted.RUN)
    stage = models.CharField(max_length=6, choices=Stage.choices, default=Stage.SCAN)
    requested_at = models.DateTimeField()
    deadline = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    setbacks = models.PositiveIntegerField(default=0)

    trouble = models.CharField(max_length=60, blank=True)
    trouble_details = models.TextField(blank=True)
    fatal_code = models.CharField(max_length=60, blank=True)
    fatal_message = models.TextField(blank=True)

    files = models.BigIntegerField(default=0)
    folders = models.BigIntegerField(default=0)
    links = models.BigIntegerField(default=0)
    bytes_known = models.BigIntegerField(default=0)
    bytes_sent = models.BigIntegerField(default=0)
    bytes_checked = models.BigIntegerField(default=0)
    files_done = models.BigIntegerField(default=0)
    files_same = models.BigIntegerField(default=0)
    subtasks_done = models.BigIntegerField(default=0)
    subtasks_skipped = models.BigIntegerField(default=0)
    subtasks_failed = models.BigIntegerField(default=0)
    subtasks = models.BigIntegerField(default=0)
    faults = models.BigIntegerField(default=0)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "submission_id"], name="submitted_once")]
        indexes = [
            models.Index(fields=["owner", "-requested_at"], name="transfers_newest_first"),
            models.Index(fields=["due_at"], condition=Q(completed_at=None), name="transfers_to_do"),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.get_task_type_display()} {self.id}"

    @property
    def options(self) -> Options:
        return Options.from_json(self.options_json)

    @property
    def is_over(self) -> bool:
        return self.completed_at is not None

    @property
    def is_transfer(self) -> bool:
        return self.task_type == self.Type.TRANSFER


class Way(models.Model):
    """From where to where; a delete has a destination alone. Paths are kept as ``FilePath.key`` writes them."""

    source_key = models.TextField(blank=True)
    destination_key = models.TextField()

    class Meta:
        abstract = True

    @property
    def source(self) -> FilePath:
        return FilePath.from_key(self.source_key)

    @property
    def destination(self) -> FilePath:
        return FilePath.from_key(self.destination_key)


class Item(Way):
    """What a submission names: see ``Wish``. ``is_scanned``: all of it is in the ledger."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    is_recursive = models.BooleanField(null=True)
    is_into = models.BooleanField(default=False)
    is_link = models.BooleanField(default=False)
    pattern = models.TextField(blank=True)
    checksum = models.CharField(max_length=128, blank=True)
    algorithm = models.CharField(max_length=10, blank=True)
    is_scanned = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="item_once")]

    def __str__(self) -> str:
        return f"{self.source_key} {self.destination_key}".strip()


class File(Way):
    """A line of the ledger: one thing that is done to one file or folder.

    ``version`` is that of the source when it was last looked at. ``upload`` is how a large file on its way goes on,
    ``receipts`` that all of its pieces were sent. ``sent`` counts the bytes that were sent for it, also in vain.
    """

    class Action(models.TextChoices):
        COPY = "copy", "Transfer"
        FOLDER = "folder", "Make the folder"
        LINK = "link", "Make the link"
        DELETE = "delete", "Delete"
        REMOVE = "remove", "Delete the folder"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        SAME = "same", "Already there"
        SKIPPED = "skipped", "Skipped"
        FAILED = "failed", "Failed"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="ledger")
    action = models.CharField(max_length=6, choices=Action.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    digest = models.CharField(max_length=32)
    size = models.BigIntegerField(default=0)
    modified_at = models.DateTimeField(null=True)
    version = models.TextField(blank=True)
    target = models.TextField(blank=True)
    wanted_checksum = models.CharField(max_length=128, blank=True)
    algorithm = models.CharField(max_length=10, blank=True)
    checksum = models.CharField(max_length=128, blank=True)
    upload = models.JSONField(null=True)
    receipts = models.JSONField(null=True)
    sent = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_details = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "digest"], name="line_once")]
        indexes = [models.Index(fields=["task", "state", "id"], name="lines_by_state")]

    def __str__(self) -> str:
        return f"{self.action} {self.destination_key}"


class Event(models.Model):
    """Something that happened to a task, for its owner to read."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    code = models.CharField(max_length=60)
    is_error = models.BooleanField(default=False)
    description = models.CharField(max_length=200)
    details = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["task", "-id"], name="events_newest_first")]

    def __str__(self) -> str:
        return f"{self.code}: {self.description}"


class Bookmark(models.Model):
    """A folder that somebody comes back to, under a name of theirs. It goes with its collection."""

    LONGEST_NAME = 128

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bookmarks")
    name = models.CharField(max_length=LONGEST_NAME)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    path_key = models.TextField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="bookmark_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> FilePath:
        return FilePath.from_key(self.path_key)
