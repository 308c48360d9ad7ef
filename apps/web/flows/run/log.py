"""The log of a run, a page at a time, and whole as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from apps.common.paging import page_of
from apps.flows.models import LogEntry
from apps.web.flows.base import RunPage

SIZE = 100
AT_ONCE = 500


class Log(RunPage):
    template = "web/flows/run/log.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        lines, pages = page_of(self.run.log.order_by("-number"), request, size=SIZE)
        return self.page(log=lines, pages=pages)


class LogFile(RunPage):
    """Line by line, from the first."""

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        lines = self.run.log.order_by("number").iterator(chunk_size=AT_ONCE)
        answer = StreamingHttpResponse(_written(lines), content_type="application/x-ndjson")
        answer["Content-Disposition"] = f'attachment; filename="run-{self.run.pk}.ndjson"'
        return answer


def _written(lines: Iterator[LogEntry]) -> Iterator[str]:
    for line in lines:
        told = {"number": line.number, "time": line.at.isoformat(), "code": line.code}
        yield json.dumps({**told, "description": line.description, "details": line.details}) + "\n"
