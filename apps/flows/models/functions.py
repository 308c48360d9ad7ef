"""Functions that an administrator registered, and the jobs in which they run."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.common.confined.types import Limits
from apps.common.json_text import JsonText
from apps.flows.models.actions import Action


class Function(models.Model):
    """Something that flows may run, under a name, within limits.

    ``target`` is ``package.module:function`` of a Python function, a template of a command's arguments, or the id of
    a function that Globus Compute knows, to be run at ``endpoint``. ``paths`` are folders in which Python looks for
    the module first. ``input_schema`` describes the named arguments; an empty one lets all through. ``may_run`` are
    principals. Registered anew under its name it keeps its id, by which flows know it, and has another ``version``.
    Workers of its ``queue`` run it. ``most_files`` and ``most_mib`` are of the files that a call is given by its places
    in collections (``apps.flows.places``), and again of those that it leaves.
    """

    class Kind(models.TextChoices):
        PYTHON = "python", "Python function"
        COMMAND = "command", "Command"
        GLOBUS = "globus", "Globus Compute"

    LONGEST_NAME = 100

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    version = models.PositiveIntegerField(default=1)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    target = JsonText()
    endpoint = models.CharField(max_length=36, blank=True)
    paths = JsonText(default=list)
    input_schema = JsonText(default=dict)
    may_run = JsonText(default=list)
    queue = models.CharField(max_length=30, default="compute")
    is_enabled = models.BooleanField(default=True)
    seconds = models.PositiveIntegerField(default=600)
    cpu_s = models.PositiveIntegerField(default=600)
    memory_mib = models.PositiveIntegerField(default=2048)
    file_mib = models.PositiveIntegerField(default=1024)
    output_kib = models.PositiveIntegerField(default=1024)
    most_files = models.PositiveIntegerField(default=10_000)
    most_mib = models.PositiveIntegerField(default=8192)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> Limits:
        return Limits(
            seconds=self.seconds,
            cpu_s=self.cpu_s,
            memory_mib=self.memory_mib,
            output_bytes=self.output_kib << 10,
            file_bytes=self.file_mib << 20,
            open_files=1024,
        )


class Job(models.Model):
    """One call of a function, for an action. Its id is what others know as the id of a task.

    Whoever holds the ``lease`` runs it; when that one dies, another does, so that ``attempts`` counts up: what cannot
    be done twice looks by its request id whether it is done. ``version`` is the function's at the last attempt;
    ``said`` the end of what it said beside its output. ``turn_at`` is the order in which they are taken: each further
    call of an action stands a second behind the one before it, so that somebody's thousand calls do not keep another's
    one waiting, and come to their end all the same.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELED = "canceled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="jobs")
    number = models.PositiveIntegerField()
    function = models.ForeignKey(Function, on_delete=models.CASCADE, related_name="jobs")
    version = models.PositiveIntegerField(default=0)
    queue = models.CharField(max_length=30)
    args = JsonText(default=list)
    kwargs = JsonText(default=dict)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    output = JsonText(null=True)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    said = models.TextField(blank=True)
    worker = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    turn_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancel_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["turn_at"]
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="asked_for_once")]
        indexes = [models.Index(fields=["queue", "turn_at"], condition=Q(ended_at=None), name="jobs_to_do")]

    def __str__(self) -> str:
        return f"{self.function_id} {self.id}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def request_id(self) -> str:
        """The same however often it is run."""
        return f"{self.action_id}.{self.number}"
