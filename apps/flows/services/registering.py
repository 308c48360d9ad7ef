"""Functions are registered, by administrators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.utils import timezone
from jsonschema.exceptions import SchemaError

from apps.access.types import parse_principal
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.common.json_schema import require_schema
from apps.flows.models import Function
from apps.flows.places import place_arguments
from apps.flows.services.functions import require_administrator, tell

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
    most_files: int = 10_000
    most_mib: int = 8192


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
    return registered(actor=actor, told=told)


def registered(*, actor: User, told: Registration) -> Function:
    """Register it, whoever the actor is: what comes with the portal is registered by nobody who administers it."""
    told_as = checked(told)
    with transaction.atomic():
        found = Function.objects.select_for_update().filter(name=told.name).first()
        function = found or Function(name=told.name, version=0)
        for name, value in told_as.items():
            setattr(function, name, value)
        function.version += 1
        function.is_enabled = True
        function.registered_at, function.registered_by = timezone.now(), actor
        function.save()
        tell("registered", function, actor)
    return function


def checked(told: Registration) -> dict[str, Any]:
    """As the columns have it."""
    if not _NAME.fullmatch(told.name):
        raise Invalid("Begin with a letter; letters, digits, “.”, “-” and “_” may follow, 100 in all.", place="name")
    if not _QUEUE.fullmatch(told.queue) or told.queue in OTHERS_QUEUES:
        raise Invalid("A queue is a short word in small letters, and none of the portal's own.", place="queue")
    for one in fields(Limited):
        if not LEAST <= getattr(told.limits, one.name) < MOST:
            raise Invalid("A limit is a whole number from 1 on.", place=one.name)
    if told.kind == Kind.GLOBUS and place_arguments(told.input_schema):
        raise Invalid("Files are fetched for functions that run here alone.", place="input_schema")
    try:
        require_schema(told.input_schema)
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
