"""What a person does with a task: forms, each of which leads back to the page of the task."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.common.errors import Invalid
from apps.common.parsing import id_in
from apps.transfer import services as transfer
from apps.transfer.errors import InvalidTask, NoSuchTask
from apps.web.tasks.base import TaskPage
from apps.web.tasks.changing import ChangeForm
from apps.web.tasks.page import OneTask


class Pause(TaskPage):
    def post(self, _request: HttpRequest) -> HttpResponse:
        transfer.pause_task(self.task)
        return self.go(self.task, "The task pauses within a moment.")


class Resume(TaskPage):
    def post(self, _request: HttpRequest) -> HttpResponse:
        transfer.resume_task(self.task)
        return self.go(self.task, "The task goes on.")


class Cancel(TaskPage):
    def post(self, _request: HttpRequest) -> HttpResponse:
        is_over = transfer.cancel_task(self.task)
        return self.go(self.task, "The task was canceled." if is_over else "The task is being canceled.")


class Change(OneTask):
    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=400)
        try:
            transfer.change_task(task=self.task, **form.cleaned_data)
        except InvalidTask as error:
            form.add_error(error.place or None, error.message)
            return self.shown(form, status=400)
        return self.go(self.task, "Label and deadline were changed.")


class Repeat(TaskPage):
    """All of it, or what failed: the owner's alone, because the new task is theirs."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.task.owner_id != self.user.pk:
            raise NoSuchTask
        new = transfer.repeat_task(
            task=self.task,
            actor=self.user,
            only_failed=request.POST.get("what") == "failed",
            submission_id=_id(request.POST.get("submission_id", "")),
        )
        return self.go(new, "This is the new task.")


def _id(text: str) -> UUID | None:
    """
    Raises:
        Invalid: it is none.
    """
    wrong = Invalid("Send the form of the task's page.", place="submission_id")
    return id_in(text, wrong) if text else None
