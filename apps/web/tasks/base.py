"""What the pages of tasks share: they are for who is signed in, and a task that is another's is not there."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from apps.accounts.models import User
from apps.transfer import services as transfer
from apps.transfer.models import Task


class TasksPage(View):
    template: ClassVar[str] = ""
    actor: User

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        self.actor = request.user
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return render(self.request, template or self.template, values, status=status)


class TaskPage(TasksPage):
    """A page of one task."""

    task: Task

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        task_id = parts.pop("task_id")
        if isinstance(request.user, User):
            self.task = transfer.get_task(UUID(str(task_id)), actor=request.user)
        return super().dispatch(request, *args, **parts)

    def go(self, task: Task, message: str) -> HttpResponse:
        """To the page of a task, which says that something was done."""
        messages.success(self.request, message)
        return redirect(reverse("web:tasks:task", args=[task.pk]))
