"""What happened to a task, a page at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps.common.paging import Pages
from apps.transfer import services as transfer
from apps.web.results.pager import number_in
from apps.web.tasks.base import TaskPage
from apps.web.tasks.listing import name_of

SIZE = 50


class Events(TaskPage):
    template = "web/tasks/events.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        errors_only, number = request.GET.get("errors") == "1", number_in(request.GET.get("page", ""))
        found = transfer.log_of(self.task, errors_only=errors_only)
        asked = "errors=1&" if errors_only else ""
        return self.page(
            task=self.task,
            name=name_of(self.task),
            events=found[(number - 1) * SIZE : number * SIZE],
            errors_only=errors_only,
            pages=Pages.of(number, size=SIZE, total=found.count(), url=(f"?{asked}page=" + "{}").format),
        )
