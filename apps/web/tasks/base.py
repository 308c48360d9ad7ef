"""What the pages of tasks share: they are for who is signed in, and a task that is another's is not there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts.models import User
from apps.transfer import services as transfer
from apps.transfer.models import Task
from apps.web.pages import SignedInPage


class TaskPage(SignedInPage):
    """A page of one task."""

    task: Task

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        task_id = parts.pop("task_id")
        if isinstance(request.user, User):
            self.task = transfer.get_task(UUID(str(task_id)), actor=request.user)
        return super().dispatch(request, *args, **parts)

    def go(self, task: Task, message: str) -> HttpResponse:
        """To the page of a task, which says that something was done."""
        self.tell(message)
        return redirect(reverse("web:tasks:task", args=[task.pk]))
