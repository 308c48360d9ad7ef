"""What a job does, in a process of its own, and what became of it.

The process knows no collections: files that it is given are fetched before it begins, and what it leaves is put where
it belongs after it has ended well. Whoever is killed in between leaves nothing, and another begins anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.common.beats import seldom
from apps.common.confined.errors import Failed
from apps.common.confined.running import call, run
from apps.common.confined.types import Setting
from apps.common.errors import PortalError, Unavailable
from apps.flows.computing.bench import Bench
from apps.flows.computing.commands import command_of
from apps.flows.computing.folders import working_folder
from apps.flows.computing.turns import Turn, TurnLost
from apps.flows.models import Function, Job
from apps.flows.places import places_in

MOST_ATTEMPTS = 5
LOOKS_EVERY_S = 1.0
Kind, Status = Function.Kind, Job.Status


class Canceled(PortalError):
    """It was canceled."""

    code = "flows.canceled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """As the columns of a job have it."""

    status: Job.Status
    output: Any = None
    error: str = ""
    error_code: str = ""
    said: str = ""


def outcome_of(job: Job, turn: Turn) -> Outcome:
    """Run it to its end.

    Raises:
        TurnLost: another has it.
    """
    if job.attempts > MOST_ATTEMPTS:
        told = f"Its worker died {MOST_ATTEMPTS} times while it ran. It may need more than the machine has."
        return Outcome(Status.FAILED, error=told, error_code="flows.workers_died")
    try:
        return Outcome(Status.SUCCEEDED, output=_output(job, seldom(_look(turn), every_s=LOOKS_EVERY_S)))
    except TurnLost:
        raise
    except Canceled as error:
        return Outcome(Status.CANCELED, error=error.message, error_code=error.code)
    except Failed as error:
        said = str(error.details.get("said", ""))
        return Outcome(Status.FAILED, error=error.message, error_code=error.code, said=said)
    except PortalError as error:
        return Outcome(Status.FAILED, error=str(error), error_code=error.code)


def _look(turn: Turn) -> Callable[[], None]:
    def look() -> None:
        told = turn.held.values_list("cancel_at", flat=True).first()
        if told is not None:
            raise Canceled
        if not turn.held.exists():
            raise TurnLost

    return look


def _output(job: Job, beat: Callable[[], None]) -> Any:
    places = places_in(job.function.input_schema, job.kwargs)
    if not places:
        return _answer(job, job.kwargs, _setting(job, beat))
    with working_folder() as folder:
        bench = Bench(folder, job.function, places, actor=job.action.user, beat=beat)
        kwargs = job.kwargs | bench.laid_out()
        answer = _answer(job, kwargs, _setting(job, beat, folder=bench.folder))
        bench.cleared(taken_over_at=job.begun_at if job.attempts > 1 else None)
    return answer


def _setting(job: Job, beat: Callable[[], None], *, folder: Path | None = None) -> Setting:
    return Setting(job.function.limits, folder=folder, environment=_environment(job), beat=beat)


def _answer(job: Job, kwargs: dict[str, Any], setting: Setting) -> Any:
    function = job.function
    match function.kind:
        case Kind.PYTHON:
            return call(str(function.target), job.args, kwargs, setting=setting, paths=function.paths)
        case Kind.COMMAND:
            command = command_of(function.target, job.args, kwargs)
            said = run(command, json.dumps(kwargs).encode(), setting=setting).output
            return _read(said)
        case _:
            return call("apps.flows.elsewhere.globus_compute:run", [_globus_order(job)], setting=setting)


def _environment(job: Job) -> dict[str, str]:
    """By the request id, which is the same at each attempt, a function can make itself safe to be run twice."""
    told = {"VITRINE_REQUEST_ID": job.request_id, "VITRINE_ATTEMPT": str(job.attempts)}
    run_id = job.action.run_id
    return {"PATH": os.environ.get("PATH", os.defpath)} | told | ({"VITRINE_RUN_ID": str(run_id)} if run_id else {})


def _read(said: bytes) -> Any:
    """What a command says is JSON, or else it is text."""
    text = said.decode(errors="replace")
    try:
        return json.loads(text)
    except ValueError:
        return text


def _globus_order(job: Job) -> dict[str, Any]:
    """
    Raises:
        Unavailable: the portal has no credentials for it.
    """
    if not settings.GLOBUS_COMPUTE_CLIENT_ID or not settings.GLOBUS_COMPUTE_CLIENT_SECRET:
        raise Unavailable("The portal has no credentials for Globus Compute: VITRINE_GLOBUS_COMPUTE_CLIENT_ID.")
    return {
        "client_id": settings.GLOBUS_COMPUTE_CLIENT_ID,
        "client_secret": settings.GLOBUS_COMPUTE_CLIENT_SECRET,
        "endpoint_id": job.function.endpoint,
        "function_id": job.function.target,
        "args": job.args,
        "kwargs": job.kwargs,
    }
