"""What was sent to an index: how far each task is, and which documents were not taken and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from apps.common.paging import Pages
from apps.search import services as search
from apps.search.errors import NoSuchTask
from apps.search.models import Failure, Task
from apps.web import csv_lines
from apps.web.manage.base import ManagePage
from apps.web.results.pager import number_in
from apps.web.values import count

SIZE = 50
FAILURES = 100
SECONDS = 3
COLUMNS = ("number", "subject", "path", "reason")
_STATES = {
    Task.State.CREATING: ("◔", "Being received", "info"),
    Task.State.PENDING: ("◔", "Waiting", "info"),
    Task.State.PROGRESS: ("▶", "Active", "info"),
    Task.State.SUCCESS: ("✓", "Succeeded", "ok"),
    Task.State.FAILED: ("✕", "Failed", "bad"),
}
_PARTLY = ("▲", "Failed in part", "warn")
_TYPES = {
    Task.Type.INGEST: "Ingest",
    Task.Type.DELETE_BY_SUBJECT: "Delete by subject",
    Task.Type.DELETE_BY_QUERY: "Delete by query",
    Task.Type.DELETE_ENTRY: "Delete an entry",
}


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task in words. ``share`` is how much of it was looked at, of 100."""

    id: UUID
    url: str
    type: str
    sign: str
    state: str
    tone: str
    documents: str
    done: str
    failed: str
    share: int
    is_over: bool
    message: str
    created_at: datetime
    completed_at: datetime | None


class Tasks(ManagePage):
    section = "tasks"
    template = "web/manage/tasks.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = search.tasks(index=self.index, actor=self.user)
        number = number_in(request.GET.get("page", ""))
        shown = [view(task, self.url("task", task.pk)) for task in found[(number - 1) * SIZE : number * SIZE]]
        pages = Pages.of(number, size=SIZE, total=len(found), url="?page={}".format)
        return self.page(tasks=shown, pages=pages, refresh=_refresh(all(task.is_over for task in shown)))


class TaskPage(ManagePage):
    section = "tasks"

    def task(self, task_id: UUID) -> Task:
        """Of this index; one of another index is not here."""
        found = search.task(task_id=task_id, actor=self.user)
        if found.index_id != self.index.pk:
            raise NoSuchTask
        return found


class OneTask(TaskPage):
    template = "web/manage/task.html"

    def get(self, request: HttpRequest, task_id: UUID) -> HttpResponse:
        task, number = self.task(task_id), number_in(request.GET.get("page", ""))
        failures = search.failures(task=task, most=FAILURES, offset=(number - 1) * FAILURES)
        shown = view(task, self.url("task", task.pk))
        return self.page(
            task=shown,
            failures=failures,
            pages=Pages.of(number, size=FAILURES, total=task.failed, url="?page={}".format),
            refresh=_refresh(shown.is_over),
        )


class Failures(TaskPage):
    """All failures of a task as CSV, however many."""

    def get(self, request: HttpRequest, task_id: UUID) -> StreamingHttpResponse:
        failures = search.each_failure(task=self.task(task_id))
        answer = StreamingHttpResponse(_lines(failures), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.index.slug}-{task_id}-failures.csv"'
        return answer


def view(task: Task, url: str) -> TaskView:
    looked = task.done + task.failed
    is_partly = task.state == Task.State.FAILED and task.done > 0
    sign, word, tone = _PARTLY if is_partly else _STATES[Task.State(task.state)]
    return TaskView(
        id=task.pk,
        url=url,
        type=_TYPES[Task.Type(task.task_type)],
        sign=sign,
        state=word,
        tone=tone,
        documents=count(task.documents),
        done=count(task.done),
        failed=count(task.failed),
        share=min(round(100 * looked / task.documents), 100) if task.documents else 0,
        is_over=task.state in {Task.State.SUCCESS, Task.State.FAILED},
        message=task.message,
        created_at=task.created_at,
        completed_at=task.completed_at,
    )


def _refresh(is_over: bool) -> int:
    """After how many seconds a page asks again; 0 is never."""
    return 0 if is_over else SECONDS


def _lines(failures: Iterator[Failure]) -> Iterator[str]:
    yield csv_lines.line(COLUMNS)
    for one in failures:
        yield csv_lines.line([str(one.number), *map(csv_lines.harmless, (one.subject, one.path, one.reason))])
