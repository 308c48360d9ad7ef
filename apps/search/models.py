"""Indexes, entries, the catalogue of paths, and tasks. Entries are the truth; an engine holds a projection of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.access.types import Resource
from apps.common import quick_json
from apps.common.beats import beating
from apps.common.digest import Digest
from apps.search.types import Kind, Store


def _field_budget() -> int:
    return int(settings.SEARCH_FIELD_BUDGET)


def _public() -> list[str]:
    return ["public"]


class Index(models.Model):
    """A named set of metadata, and where its projection stands.

    ``generation`` is the store that is searched; ``building`` the one that a rebuild fills (``rebuilt_to`` is the last
    entry that it has seen); ``rebuild_asked_at`` is when somebody asked for one that is not done yet,
    ``rebuild_problem`` why the last one failed. ``version`` grows with each round of writes. ``lease`` is who applies
    tasks now.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        DELETE_PENDING = "delete_pending"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    display_name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    visible_to = models.JSONField(default=_public)
    presentation = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    is_stemmed = models.BooleanField(default=True)
    is_strict = models.BooleanField(default=False)
    field_budget = models.PositiveIntegerField(default=_field_budget)
    geo_fields = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    delete_at = models.DateTimeField(null=True, blank=True)

    num_entries = models.BigIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    last_position = models.BigIntegerField(default=0)

    generation = models.PositiveIntegerField(default=1)
    building = models.PositiveIntegerField(null=True, blank=True)
    rebuilt_to = models.BigIntegerField(default=0)
    rebuild_asked_at = models.DateTimeField(null=True, blank=True)
    rebuild_problem = models.TextField(blank=True)
    rebuild_lease = models.CharField(max_length=64, blank=True)
    rebuild_lease_until = models.DateTimeField(null=True, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    version = models.BigIntegerField(default=0)
    lease = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "indexes"

    def __str__(self) -> str:
        return self.display_name

    @property
    def resource(self) -> Resource:
        return Resource("index", self.id, self.display_name)

    @property
    def store(self) -> Store:
        return self._store(self.generation)

    @property
    def stores(self) -> list[Store]:
        """The stores that a write goes to: the searched one first."""
        generations = [self.generation] + ([self.building] if self.building else [])
        return [self._store(generation) for generation in generations]

    def _store(self, generation: int) -> Store:
        return Store(str(self.id), generation, depth=self.depth, is_stemmed=self.is_stemmed)


class PresentationVersion(models.Model):
    """One declaration of how an index presents itself; the newest is in force."""

    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="presentations")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "number"], name="presentation_number_once")]

    def __str__(self) -> str:
        return f"{self.index} {self.number}"


class Entry(models.Model):
    """What one source says of a subject, and who may see it. ``entry_id`` is "" for the null entry.

    ``is_public`` follows from ``visible_to``: harvesters walk what everybody sees by when it was written.
    """

    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="entries")
    subject = models.CharField(max_length=500)
    entry_id = models.CharField(max_length=100, blank=True)
    content_text = models.TextField()
    visible_to = models.JSONField()
    is_public = models.BooleanField(default=False)
    principal_sets = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["index", "subject", "entry_id"], name="entry_of_a_subject")]
        indexes = [
            models.Index(fields=["index", "id"], name="entries_of_an_index"),
            models.Index(fields=["index", "updated_at", "id"], name="entries_as_written"),
            models.Index(fields=["index", "updated_at", "id"], condition=Q(is_public=True), name="public_entries"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.entry_id}".strip()

    @property
    def content(self) -> dict[str, Any]:
        return quick_json.loads(self.content_text)  # type: ignore[no-any-return]  # ingest stored an object


class SplitSubject(models.Model):
    """A subject that needs more than one view: how many view numbers an engine may hold of it."""

    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=500)
    views = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "subject"], name="split_subject_once")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.views} views"


class Path(models.Model):
    """The catalogue's line for a path: in how many entries each kind stands there, and an example.

    ``is_indexed`` is false past the index's field budget: the path is then found as free text alone.
    """

    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="paths")
    path = models.TextField()
    path_digest = Digest(of="path")
    strings = models.BigIntegerField(default=0)
    numbers = models.BigIntegerField(default=0)
    dates = models.BigIntegerField(default=0)
    booleans = models.BigIntegerField(default=0)
    points = models.BigIntegerField(default=0)
    shapes = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)
    example = models.CharField(max_length=200, blank=True)
    is_indexed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "path_digest"], name="path_once")]

    COUNTERS = {
        Kind.STRING: "strings",
        Kind.NUMBER: "numbers",
        Kind.DATE: "dates",
        Kind.BOOLEAN: "booleans",
        Kind.POINT: "points",
        Kind.SHAPE: "shapes",
    }

    def __str__(self) -> str:
        return self.path

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(kind for kind, counter in self.COUNTERS.items() if getattr(self, counter) > 0)

    @property
    def sorted_kinds(self) -> frozenset[Kind]:
        """The kinds that an order looks at. Where each string is a date, too, the date alone decides."""
        return self.kinds - {Kind.STRING} if self.dates == self.strings else self.kinds


class TaskQuerySet(models.QuerySet["Task"]):
    def unfinished(self) -> TaskQuerySet:
        return self.filter(state__in=[Task.State.PENDING, Task.State.PROGRESS])


class Task(models.Model):
    """An ingest or a delete: a ledger of parts, applied in the order of ``position`` within its index.

    ``request_id`` is of who may ask for it twice, not knowing whether the first time came to its end.
    """

    class State(models.TextChoices):
        CREATING = "CREATING", "Task is being received"
        PENDING = "PENDING", "Task is waiting to start"
        PROGRESS = "PROGRESS", "Task is in progress"
        SUCCESS = "SUCCESS", "Task succeeded"
        FAILED = "FAILED", "Task failed"

    class Type(models.TextChoices):
        INGEST = "INGEST"
        DELETE_BY_SUBJECT = "DELETE_BY_SUBJECT"
        DELETE_BY_QUERY = "DELETE_BY_QUERY"
        DELETE_ENTRY = "DELETE_ENTRY"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="tasks")
    task_type = models.CharField(max_length=20, choices=Type.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PENDING)
    position = models.BigIntegerField(null=True)
    created_by = models.CharField(max_length=200, blank=True)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    documents = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    failed = models.BigIntegerField(default=0)
    message = models.TextField(blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["index", "-created_at"], name="tasks_newest_first"),
            models.Index(fields=["state", "index", "position"], name="tasks_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.task_type} {self.id}"


class Part(models.Model):
    """Some of a task's operations (``apps.search.ledger``), from its document ``first`` on. Gone when the task is done.

    ``characters`` is how long the operations are when they are unpacked.
    ``is_stored``: the entries are in the database. ``is_done``: the engine has their views too.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    operations = models.BinaryField()
    characters = models.BigIntegerField(default=0)
    first = models.BigIntegerField(default=0)
    count = models.PositiveIntegerField()
    is_stored = models.BooleanField(default=False)
    is_done = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="part_once")]

    def __str__(self) -> str:
        return f"part {self.number} of {self.task_id}"


class Failure(models.Model):
    """Why one document of a task was not taken. ``number`` counts the documents of the task from 0."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="failures")
    number = models.BigIntegerField()
    subject = models.CharField(max_length=500, blank=True)
    path = models.TextField(blank=True)
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="failure_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.path}: {self.reason}"


class Lease:
    """The right to apply an index's tasks, for a while. Whoever lost it changes nothing any more."""

    SPAN = timedelta(seconds=15)
    BEAT_S = 4.0

    def __init__(self, index_id: uuid.UUID, holder: str) -> None:
        self.index_id, self.holder = index_id, holder

    @classmethod
    def claim(cls, index_id: uuid.UUID, *, now: datetime) -> Lease | None:
        """Take the lease if nobody has it or its time ran out; one conditional update, so one winner."""
        lease = cls(index_id, uuid.uuid4().hex)
        free = Q(lease="") | Q(lease_until__lt=now)
        claimed = Index.objects.filter(free, pk=index_id).update(lease=lease.holder, lease_until=now + cls.SPAN)
        return lease if claimed else None

    def renew(self, *, now: datetime) -> bool:
        """Hold it for another span; false when somebody else has it. In a transaction it also keeps others waiting."""
        held = Index.objects.filter(pk=self.index_id, lease=self.holder)
        return bool(held.update(lease_until=now + self.SPAN, version=F("version") + 1))

    def beating(self, clock: Callable[[], datetime]) -> AbstractContextManager[None]:
        """Keep it, however long the work takes."""
        held = Index.objects.filter(pk=self.index_id, lease=self.holder)

        def extend() -> int:
            return held.update(lease_until=clock() + self.SPAN)

        return beating(extend, every_s=self.BEAT_S, what=f"index {self.index_id}")

    def release(self) -> None:
        Index.objects.filter(pk=self.index_id, lease=self.holder).update(lease="", lease_until=None)
