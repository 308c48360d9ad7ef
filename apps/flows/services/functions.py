"""Functions: registered by administrators, found by those who may run them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from apps.access.services import Actor
from apps.access.types import parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import Invalid, NotAllowed
from apps.flows.actions.functions import may_run
from apps.flows.models import Function, Job

Kind = Function.Kind
_NAME = re.compile(r"[A-Za-z][\w.-]{0,99}", re.ASCII)
_QUEUE = re.compile(r"[a-z][a-z0-9_-]{0,29}")
_PYTHON = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
OTHERS_QUEUES = {"celery", "transfer", "describe"}
LEAST, MOST = 1, 1 << 31


@dataclass(frozen=True, slots=True)
class Limited:
    """What one call of a function may take: seconds of a clock, of a processor, memory, files, and what it says."""

    seconds: int = 600
    cpu_s: int = 600
    memory_mib: int = 2048
    file_mib: int = 1024
    output_kib: int = 1024


@dataclass(frozen=True, slots=True)
class Registration:
    """A function as an administrator describes it (``models.Function`` tells each)."""

    name: str
    kind: str
    target: str | Sequence[str]
    endpoint: str = ""
    description: str = ""
    paths: Sequence[str] = ()
    input_schema: dict[str, Any] = field(default_factory=dict)
    may_run: Sequence[str] = ()
    queue: str = "compute"
    limits: Limited = field(default_factory=Limited)


def register_function(*, actor: User, told: Registration) -> Function:
    """Register a function, or a new version of the one that has this name: what flows know it by stays.

    Raises:
        NotAllowed: the actor does not administer the portal.
        Invalid: it is not as it must be; InvalidPrincipal: who may run it are none.
    """
    require_administrator(actor)
    told_as = _checked(told)
    with transaction.atomic():
        found = Function.objects.select_for_update().filter(name=told.name).first()
        function = found or Function(name=told.name, version=0)
        for name, value in told_as.items():
            setattr(function, name, value)
        function.version += 1
        function.is_enabled = True
        function.registered_at, function.registered_by = timezone.now(), actor
        function.save()
        _tell("registered", function, actor)
    return function


def enable_function(function: Function, *, actor: User, is_enabled: bool) -> None:
    """
    Raises:
        NotAllowed: the actor does not administer the portal.
    """
    require_administrator(actor)
    with transaction.atomic():
        Function.objects.filter(pk=function.pk).update(is_enabled=is_enabled)
        _tell("enabled" if is_enabled else "disabled", function, actor)
    function.is_enabled = is_enabled


def functions_for(actor: Actor) -> list[Function]:
    """Those that the actor may run, by their names."""
    return [function for function in Function.objects.filter(is_enabled=True) if may_run(actor, function)]


def all_functions(*, actor: User) -> QuerySet[Function]:
    """
    Raises:
        NotAllowed: the actor does not administer the portal.
    """
    require_administrator(actor)
    return Function.objects.select_related("registered_by")


@dataclass(frozen=True, slots=True)
class Usage:
    """How a function is doing: jobs by their status, and what the last that failed said."""

    jobs: Mapping[str, int]
    last_error: str
    last_error_at: datetime | None


def usage_of(functions: Iterable[Function], *, since: datetime) -> dict[UUID, Usage]:
    """Of jobs that were asked for since then."""
    asked = Job.objects.filter(function__in=list(functions), asked_at__gte=since)
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for function_id, status, count in asked.order_by().values_list("function_id", "status").annotate(n=Count("pk")):
        counts[function_id][status] = count
    newest = Job.objects.filter(function=OuterRef("function"), status=Job.Status.FAILED).order_by("-ended_at")
    failed = asked.filter(pk=Subquery(newest.values("pk")[:1])).values_list("function_id", "error", "ended_at")
    last = {function_id: (error, at) for function_id, error, at in failed}
    return {one: Usage(jobs, *last.get(one, ("", None))) for one, jobs in counts.items()}


def require_administrator(actor: User) -> None:
    if not actor.is_superuser:
        raise NotAllowed("Administrators of the portal alone register functions.")


def _tell(verb: str, function: Function, actor: User) -> None:
    details = {"version": function.version, "runs": function.kind, "target": function.target}
    accounts.record(f"function.{verb}", kind="function", id=function.pk, name=function.name, actor=actor, **details)


def _checked(told: Registration) -> dict[str, Any]:
    """As the columns have it."""
    if not _NAME.fullmatch(told.name):
        raise Invalid("Begin with a letter; letters, digits, “.”, “-” and “_” may follow, 100 in all.", place="name")
    if not _QUEUE.fullmatch(told.queue) or told.queue in OTHERS_QUEUES:
        raise Invalid("A queue is a short word in small letters, and none of the portal's own.", place="queue")
    for one in fields(Limited):
        if not LEAST <= getattr(told.limits, one.name) < MOST:
            raise Invalid("A limit is a whole number from 1 on.", place=one.name)
    try:
        Draft202012Validator.check_schema(told.input_schema)
    except SchemaError as error:
        raise Invalid(f"This is no JSON Schema: {error.message[:300]}", place="input_schema") from error
    return {
        "kind": told.kind,
        "target": _target(told),
        "endpoint": told.endpoint,
        "description": told.description,
        "paths": list(told.paths),
        "input_schema": told.input_schema,
        "may_run": sorted({str(parse_principal(one)) for one in told.may_run}),
        "queue": told.queue,
        **{one.name: getattr(told.limits, one.name) for one in fields(Limited)},
    }


def _target(told: Registration) -> str | list[str]:
    match told.kind, told.target:
        case Kind.PYTHON, str() as name if _PYTHON.fullmatch(name):
            return name
        case Kind.COMMAND, [str() as program, *_] if program and not program.startswith("{"):
            return list(told.target)
        case Kind.GLOBUS, str() as name if name and told.endpoint:
            return name
    raise Invalid(_WANTED.get(str(told.kind), "A function is python, command or globus."), place="target")


_WANTED: dict[str, str] = {
    Kind.PYTHON: "Write a Python function as package.module:function.",
    Kind.COMMAND: "A command begins with a program, which no argument may choose.",
    Kind.GLOBUS: "Give the ids of the function and of the endpoint that runs it.",
}
