"""Runs functions that an administrator registered. Here they are only asked for: ``apps.flows.computing`` runs them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from django.db import transaction

from apps.common.errors import Invalid
from apps.flows.actions.base import Asking
from apps.flows.actions.compute_bodies import SCHEMA, calls_in
from apps.flows.actions.functions import function_for, require_arguments
from apps.flows.models import Job
from apps.flows.signals import jobs_wait
from apps.flows.types import Order, Progress, Status

QUICKEST, SLOWEST = timedelta(seconds=1), timedelta(seconds=30)
STEP = timedelta(seconds=1)
Ended = Job.Status


class Compute(Asking):
    """The bodies and the answers of the hosted one. An ``endpoint`` says nothing here: a function knows where it runs.

    Each call is a job, which is run at least once; an action that is begun again has the jobs that it had.
    """

    name: ClassVar[str] = "compute"
    title: ClassVar[str] = "Compute"
    subtitle: ClassVar[str] = "Runs functions that an administrator registered, in processes of their own."
    description: ClassVar[str] = (
        "`function` is the id or the name of a function, `kwargs` are its arguments; `tasks` are several such calls. "
        "The answer has `result`, what each gave, and `results`, with the id of each and what went wrong."
    )
    keywords: ClassVar[tuple[str, ...]] = ("compute", "function", "process")
    aliases: ClassVar[tuple[str, ...]] = (
        "https://compute.actions.globus.org",
        "https://compute.actions.globus.org/fxap",
        "https://compute.actions.globus.org/v2",
        "https://compute.actions.globus.org/v3",
        "https://automate.funcx.org",
        "https://dev.funcx.org/automate",
    )

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return SCHEMA

    def begin(self, order: Order) -> Progress:
        """
        Raises:
            NoSuchFunction: there is none that the actor may run. Invalid: its arguments are not what it takes.
        """
        with transaction.atomic():
            if not Job.objects.filter(action_id=order.id).exists():
                Job.objects.bulk_create(_jobs(order))
            for queue in _waiting(order).values_list("queue", flat=True).order_by("queue").distinct():
                transaction.on_commit(partial(jobs_wait.send_robust, sender=Job, queue=queue))
        return _progress(order)

    def look(self, order: Order) -> Progress:
        return _progress(order)

    def cancel(self, order: Order) -> Progress:
        """Those that wait are over at once; those that run are ended by who runs them."""
        canceled = {"status": Ended.CANCELED, "ended_at": order.now, "error": "It was canceled."}
        _waiting(order).filter(lease="").update(**canceled)
        _waiting(order).update(cancel_at=order.now)
        return _progress(order)


def _waiting(order: Order) -> Any:  # a query set
    return Job.objects.filter(action_id=order.id, ended_at=None)


def _jobs(order: Order) -> list[Job]:
    made = []
    for number, call in enumerate(calls_in(order.body)):
        if not call.function:
            raise Invalid("Say which function is to be run, by its id or name.", place=f"{call.place}function")
        function = function_for(call.function, actor=order.actor, place=f"{call.place}function")
        require_arguments(function, call)
        made.append(
            Job(
                action_id=order.id,
                number=number,
                function=function,
                queue=function.queue,
                args=call.args,
                kwargs=call.kwargs,
                asked_at=order.now,
                turn_at=order.now + number * STEP,
            )
        )
    return made


def _progress(order: Order) -> Progress:
    """What is announced may be lost: a job that takes long is asked for seldom, too."""
    jobs = list(Job.objects.filter(action_id=order.id).select_related("function").order_by("number"))
    left = [job for job in jobs if not job.is_over]
    if left:
        look_in = min(max((order.now - jobs[0].asked_at) / 4, QUICKEST), SLOWEST)
        done = f"{len(jobs) - len(left)} of {len(jobs)} done"
        return Progress(status=Status.ACTIVE, display_status=done, look_in=look_in, awaits=f"compute:{order.id}")
    details = {"result": [job.output for job in jobs], "results": [_result(job) for job in jobs]}
    bad = [job for job in jobs if job.status != Ended.SUCCEEDED]
    if bad:
        return Progress.failed(f"{bad[0].function.name}: {bad[0].error}", **details)
    return Progress(details=details, display_status="Succeeded")


def _result(job: Job) -> dict[str, Any]:
    """``task_id`` and ``output`` as the hosted one tells them; the rest is ours."""
    told: dict[str, Any] = {"task_id": str(job.pk), "function_id": str(job.function_id), "function": job.function.name}
    told |= {"version": job.version, "status": job.status, "attempts": job.attempts}
    if job.status == Ended.SUCCEEDED:
        return told | {"output": job.output}
    return told | {"exception": job.error, "code": job.error_code, "said": job.said}
