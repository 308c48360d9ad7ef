from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from apps.accounts.management import people
from apps.common.commands import JsonCommand
from apps.common.errors import Invalid
from apps.flows.models import Function
from apps.flows.services.registering import Limited, Registration, register_function

Kind = Function.Kind


class Command(JsonCommand):
    help = "Register a function that flows may run, or a new version of it, and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--by", required=True, help="username of an administrator of the portal")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--python", metavar="PACKAGE.MODULE:FUNCTION")
        what.add_argument("--command", metavar="TEMPLATE", help="'program --in {path}': each {name} is an argument")
        what.add_argument("--globus", metavar="ID", help="a function that Globus Compute knows")
        parser.add_argument("--endpoint", default="", help="with --globus: the id of the endpoint that runs it")
        parser.add_argument("--path", action="append", default=[], help="where Python looks for the module")
        parser.add_argument("--schema", metavar="FILE", help="a JSON Schema of the arguments by name")
        parser.add_argument("--may-run", action="append", default=[], metavar="PRINCIPAL", help="beside staff")
        parser.add_argument("--description", default="")
        parser.add_argument("--queue", default="compute", help="whose workers run it")
        for name, what_for in _LIMITS.items():
            default = getattr(Limited(), name)
            parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=default, help=f"{what_for}: {default}")

    def answer(self, *, name: str, by: str, **options: Any) -> dict[str, Any]:
        kind, target = _target(options)
        told = Registration(
            name=name,
            kind=kind,
            target=target,
            endpoint=options["endpoint"],
            description=options["description"],
            paths=options["path"],
            input_schema=_schema(options["schema"]),
            may_run=options["may_run"],
            queue=options["queue"],
            limits=Limited(**{one: options[one] for one in _LIMITS}),
        )
        made = register_function(actor=people.person(by), told=told)
        return {"id": str(made.pk), "name": made.name, "version": made.version, "kind": made.kind, "queue": made.queue}


_LIMITS = {
    "seconds": "seconds that a call may take",
    "cpu_s": "seconds of a processor",
    "memory_mib": "MiB of memory, of each process",
    "file_mib": "MiB of each file that it writes",
    "output_kib": "KiB of what it says",
    "most_files": "files of collections that it is given, and that it leaves",
    "most_mib": "MiB of all of these",
}


def _target(options: dict[str, Any]) -> tuple[str, str | list[str]]:
    if options["python"]:
        return Kind.PYTHON, str(options["python"])
    if options["globus"]:
        return Kind.GLOBUS, str(options["globus"])
    try:
        return Kind.COMMAND, shlex.split(options["command"])
    except ValueError as error:
        raise Invalid(f"The template cannot be read: {error}.", place="command") from error


def _schema(file: str | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        told = json.loads(Path(file).read_text())
    except (OSError, ValueError) as error:
        raise Invalid(f"The schema cannot be read: {error}.", place="schema") from error
    if not isinstance(told, dict):
        raise Invalid("The schema is no object.", place="schema")
    return told
