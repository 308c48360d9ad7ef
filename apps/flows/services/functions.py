"""Functions that flows may run: found, switched on and off, and how they are doing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery

from apps.access.services import Actor
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.flows.actions.functions import may_run
from apps.flows.models import Function, Job


def enable_function(function: Function, *, actor: User, is_enabled: bool) -> None:
    """
    Raises:
        NotAllowed: the actor does not administer the portal.
    """
    require_administrator(actor)
    with transaction.atomic():
        Function.objects.filter(pk=function.pk).update(is_enabled=is_enabled)
        tell("enabled" if is_enabled else "disabled", function, actor)
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


def tell(verb: str, function: Function, actor: User) -> None:
    """For the audit log."""
    details = {"version": function.version, "runs": function.kind, "target": function.target}
    accounts.record(f"function.{verb}", kind="function", id=function.pk, name=function.name, actor=actor, **details)
