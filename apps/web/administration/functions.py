"""The functions that flows may run: what they are, who may run them, how they are doing."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from apps.common.errors import NotFound
from apps.flows.models import Function
from apps.flows.services import functions
from apps.flows.services.functions import Usage
from apps.web.administration.base import AdminPage
from apps.web.administration.names import names_of, principal_link
from apps.web.context import Link

DAYS = 30
UNUSED = Usage({}, "", None)
TONES = {"succeeded": "ok", "failed": "bad", "running": "accent"}


@dataclass(frozen=True, slots=True)
class Line:
    """One function. ``target`` is as the command to register it takes it; ``jobs`` are counts with words and tones."""

    function: Function
    table_url: str
    target: str
    limits: str
    who: list[Link]
    jobs: list[tuple[int, str, str]]
    usage: Usage


class Functions(AdminPage):
    section = "functions"
    template = "web/administration/functions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = list(functions.all_functions(actor=self.user))
        usage = functions.usage_of(found, since=timezone.now() - timedelta(days=DAYS))
        names = names_of(principal for one in found for principal in one.may_run)
        lines = [
            _line(one, [principal_link(who, *names) for who in one.may_run], usage.get(one.pk, UNUSED)) for one in found
        ]
        return self.page(lines=lines, days=DAYS)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Switch one on or off."""
        function = _asked_for(self, request)
        is_enabled = request.POST.get("enable") == "yes"
        functions.enable_function(function, actor=self.user, is_enabled=is_enabled)
        self.tell(f"{function.name} {'may be run again' if is_enabled else 'is run no more'}.")
        return redirect("web:functions")


def _asked_for(page: AdminPage, request: HttpRequest) -> Function:
    try:
        return functions.all_functions(actor=page.user).get(pk=UUID(request.POST.get("function", "")))
    except (ValueError, Function.DoesNotExist) as error:
        raise NotFound("There is no such function.") from error


def _line(function: Function, who: list[Link], usage: Usage) -> Line:
    return Line(
        function=function,
        table_url=reverse("admin:flows_function_change", args=[function.pk]),
        target=function.target if isinstance(function.target, str) else shlex.join(function.target),
        limits=f"{function.seconds:,} s, {function.cpu_s:,} s of a processor, {function.memory_mib:,} MiB",
        who=who,
        jobs=[(count, status, TONES.get(status, "")) for status, count in sorted(usage.jobs.items())],
        usage=usage,
    )
