"""What became of a task's files: a page of them at a time, and all of them as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from apps.common.errors import NotFound
from apps.transfer import services as transfer
from apps.transfer.models import File, Task
from apps.web import csv_lines
from apps.web.tasks.base import TaskPage
from apps.web.tasks.listing import name_of
from apps.web.tasks.places import shown
from apps.web.tasks.states import Problem, problem_with
from apps.web.values import count, size

SIZE = 100
AT_ONCE = 2000
_KEY_DIGITS = 18
COLUMNS = ("source", "destination", "bytes", "algorithm", "checksum", "ended_at", "attempts", "error", "details")


@dataclass(frozen=True, slots=True)
class Outcome:
    """``number`` is how many there are as the task has counted them; None where nobody counted."""

    name: str
    title: str
    files: Callable[[Task], QuerySet[File]]
    number: Callable[[Task], int | None]


def _deleted(task: Task) -> int | None:
    return None if task.is_transfer else task.subtasks_done


def _waiting(task: Task) -> int:
    return max(task.subtasks - task.subtasks_done - task.subtasks_skipped - task.subtasks_failed, 0)


_ALL = [
    Outcome("failed", "Failed", transfer.failed_files, lambda task: task.subtasks_failed),
    Outcome("skipped", "Skipped", transfer.skipped_files, lambda task: task.subtasks_skipped),
    Outcome("transferred", "Transferred", transfer.successful_transfers, lambda task: task.files_done),
    Outcome("same", "Already there", transfer.same_files, lambda task: task.files_same),
    Outcome("deleted", "Deleted", transfer.deleted_files, _deleted),
    Outcome("waiting", "Not done", transfer.waiting_files, _waiting),
]
OUTCOMES = {one.name: one for one in _ALL}


@dataclass(frozen=True, slots=True)
class OutcomeLink:
    title: str
    number: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class FileLine:
    """``path`` is where it went, ``source`` where it came from if that is another path."""

    path: str
    source: str
    size: str
    checksum: str
    algorithm: str
    ended_at: datetime | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The files of a task with one outcome."""

    task: Task
    outcome: Outcome

    @property
    def files(self) -> QuerySet[File]:
        return self.outcome.files(self.task)

    def url(self, page: str = "files") -> str:
        return reverse(f"web:tasks:{page}", args=[self.task.pk, self.outcome.name])


def shown_outcomes(task: Task, current: str = "") -> list[OutcomeLink]:
    """Those that there are; what nobody counted is looked for once the task is over."""
    links = []
    for one in _ALL:
        part, number = Shown(task, one), one.number(task)
        if number is None:
            number = part.files.count() if task.is_over and task.options.delete_destination_extra else 0
        if number or one.name == current:
            links.append(OutcomeLink(one.title, count(number), part.url(), one.name == current))
    return links


def lines_in(part: Shown, *, after: int = 0, most: int) -> tuple[list[FileLine], int | None]:
    """A page of them behind a line of the ledger, and behind which line the next page begins."""
    found = list(part.files.filter(pk__gt=after)[: most + 1])
    following = found[most - 1].pk if len(found) > most else None
    return [_line(one) for one in found[:most]], following


def _line(one: File) -> FileLine:
    destination, source = shown(one.destination), shown(one.source) if one.source_key else ""
    is_file = one.action == File.Action.COPY
    return FileLine(
        path=destination,
        source="" if source == destination else source,
        size=size(one.size) if is_file else "",
        checksum=one.checksum,
        algorithm=one.algorithm,
        ended_at=one.ended_at,
        problem=problem_with(one.error_code, one.error_details),
    )


class LedgerPage(TaskPage):
    def part(self, outcome: str) -> Shown:
        """
        Raises:
            NotFound: there is no such outcome.
        """
        if outcome not in OUTCOMES:
            raise NotFound
        return Shown(self.task, OUTCOMES[outcome])


class Files(LedgerPage):
    template = "web/tasks/files.html"

    def get(self, request: HttpRequest, outcome: str) -> HttpResponse:
        part, after = self.part(outcome), _key(request.GET.get("after", ""))
        lines, following = lines_in(part, after=after, most=SIZE)
        return self.page(
            task=self.task,
            name=name_of(self.task),
            title=part.outcome.title,
            outcomes=shown_outcomes(self.task, outcome),
            lines=lines,
            shows_problems=outcome in {"failed", "skipped"},
            first_url=part.url() if after else "",
            next_url=f"?after={following}" if following else "",
            csv_url=part.url("files_csv"),
            ndjson_url=part.url("files_ndjson"),
        )


class FileList(LedgerPage):
    """All of them, however many, line by line."""

    def get(self, _request: HttpRequest, outcome: str, ending: str) -> HttpResponseBase:
        part = self.part(outcome)
        rows = map(_row, part.files.iterator(chunk_size=AT_ONCE))
        write, content_type = _WRITERS[ending]
        answer = StreamingHttpResponse(write(rows), content_type=content_type)
        answer["Content-Disposition"] = f'attachment; filename="{self.task.pk}-{outcome}.{ending}"'
        return answer


def _key(text: str) -> int:
    """The line of the ledger that an address names; 0 if it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _KEY_DIGITS else 0


def _row(one: File) -> dict[str, Any]:
    told = (
        str(one.source) if one.source_key else "",
        str(one.destination),
        one.size,
        one.algorithm,
        one.checksum,
        one.ended_at.isoformat() if one.ended_at else "",
        one.attempts,
        one.error_code,
        one.error_details,
    )
    return dict(zip(COLUMNS, told, strict=True))


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Bytes of a name that are no text stand as ``�``; NDJSON has them all."""
    yield csv_lines.line(COLUMNS)
    for row in rows:
        written = csv_lines.line(csv_lines.harmless(str(value)) for value in row.values())
        yield written.encode(errors="surrogateescape").decode(errors="replace")


def _ndjson(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row) + "\n"


_WRITERS = {"csv": (_csv, "text/csv; charset=utf-8"), "ndjson": (_ndjson, "application/x-ndjson")}
