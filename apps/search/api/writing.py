"""What changes an index: ingest and removals (S13, S15, S17 to S21), and the tasks that they become (S22, S23)."""

from __future__ import annotations

from collections.abc import Sequence

from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from apps.common.parsing import id_in
from apps.search import services as search
from apps.search.api import finding, streams
from apps.search.api.base import TaskView, WritingView
from apps.search.errors import NoSuchTask
from apps.search.forms import answers, document, entries, parameters
from apps.search.models import Index, Task
from apps.search.types import Operation

MOST_FAILURES_TOLD = 1000


def acknowledged(task: Task) -> Response:
    return Response({"acknowledged": True, "task_id": str(task.pk)})


class Ingest(WritingView):
    """S13: a GIngest document, or (``Content-Type: application/x-ndjson``) GMetaEntries, one a line, of any number.

    ``dry_run=true`` in the URL checks everything and changes nothing.
    """

    def takes_chunks(self, request: HttpRequest) -> bool:
        return streams.is_ndjson(request)

    def post(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        search.require(index=index, actor=self.actor, role="writer", is_open=True)
        is_rehearsal = parameters.is_rehearsal(request.query_params)
        if streams.is_ndjson(request):
            return self._stream(request, index, is_rehearsal)
        asked = entries.ingest(self.document())
        if is_rehearsal:
            return Response(rehearsed(len(asked.entries)))
        if asked.field_mapping:
            search.map_fields(index=index, actor=self.actor, mapping=asked.field_mapping)
        return acknowledged(search.submit_entries(index=index, actor=self.actor, entries=asked.entries))

    def _stream(self, request: HttpRequest, index: Index, is_rehearsal: bool) -> Response:
        operations = streams.operations(request)
        if is_rehearsal:
            return Response(rehearsed(*streams.rehearse(operations)))
        return acknowledged(search.submit_stream(index=index, actor=self.actor, operations=operations))


def rehearsed(valid: int, invalid: int = 0, problems: Sequence[dict[str, object]] = ()) -> dict[str, object]:
    """The answer of a dry run: how many documents are valid, and what is wrong with the others."""
    return {"acknowledged": False, "dry_run": True, "valid": valid, "invalid": invalid, "failures": problems}


class OneSubject(WritingView):
    """S14 and S15."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        return finding.record(self, request, index_id, is_entry=False)

    def delete(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        asked = parameters.record(request.query_params, is_entry=False)
        return acknowledged(search.remove_subjects(index=index, actor=self.actor, subjects=[asked.subject]))


class OneEntry(WritingView):
    """S16 to S19; PATCH changes parts of an entry (RFC 7396)."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        return finding.record(self, request, index_id, is_entry=True)

    def post(self, request: HttpRequest, index_id: str) -> Response:
        return self._put(index_id, entries.entry)

    def put(self, request: HttpRequest, index_id: str) -> Response:
        return self._put(index_id, entries.entry)

    def patch(self, request: HttpRequest, index_id: str) -> Response:
        return self._put(index_id, entries.patch)

    def _put(self, index_id: str, read: streams.Reader) -> Response:
        index = self.own_index(index_id)
        search.require(index=index, actor=self.actor, role="writer", is_open=True)
        asked: Operation = read(self.document())
        return acknowledged(search.submit_entries(index=index, actor=self.actor, entries=[asked]))

    def delete(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        asked = parameters.record(request.query_params, is_entry=True)
        task = search.remove_entry(index=index, actor=self.actor, subject=asked.subject, entry_id=asked.entry_id)
        return acknowledged(task)


class BatchDelete(WritingView):
    """S20."""

    def post(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        search.require(index=index, actor=self.actor, role="writer", is_open=True)
        subjects = entries.subjects(self.document())
        return acknowledged(search.remove_subjects(index=index, actor=self.actor, subjects=subjects))


class DeleteByQuery(WritingView):
    """S21."""

    def post(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        search.require(index=index, actor=self.actor, role="writer", is_open=True)
        asked = document.deletion(self.document())
        return acknowledged(search.remove_by_query(index=index, actor=self.actor, query=asked.query))


class OneTask(TaskView):
    """S22."""

    def get(self, request: HttpRequest, task_id: str) -> Response:
        actor = self.require_user()
        task = search.task(task_id=id_in(task_id, NoSuchTask), actor=actor)
        return Response(answers.task(task, search.failures(task=task, most=MOST_FAILURES_TOLD)))


class TaskList(TaskView):
    """S23."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        tasks = search.tasks(index=index, actor=self.actor)
        return Response({"index_id": str(index.pk), "tasks": [answers.task(task) for task in tasks]})
