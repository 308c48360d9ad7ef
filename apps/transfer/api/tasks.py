"""Tasks: X1 to X10."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid
from apps.common.parsing import id_in, number_in
from apps.transfer import forms
from apps.transfer import services as transfer
from apps.transfer.api.base import TransferView
from apps.transfer.errors import NoSuchTask, TaskOver
from apps.transfer.forms import task_documents
from apps.transfer.models import File, Task

MOST = 1000
PAGE = 1000


class SubmissionId(TransferView):
    """X1."""

    def get(self, request: Request) -> Response:
        return Response({"DATA_TYPE": "submission_id", "value": str(transfer.new_submission_id())})


class Submit(TransferView):
    """What X2 and X3 have in common."""

    kind = ""

    def post(self, request: Request) -> Response:
        task, is_new = self.submitted(self.document(self.kind))
        told = "accepted and a task has been created and queued for execution"
        return self.done(
            "Accepted" if is_new else "Duplicate",
            f"The {self.kind} has been {told}" if is_new else "This submission was accepted before.",
            kind=f"{self.kind}_result",
            status=202 if is_new else 200,
            task_id=str(task.pk),
            submission_id=str(task.submission_id),
            task_link={
                "DATA_TYPE": "link",
                "href": f"/v0.10/task/{task.pk}?format=json",
                "rel": "related",
                "resource": "task",
                "title": "related task",
            },
        )

    def submitted(self, told: dict[str, Any]) -> tuple[Task, bool]:
        raise NotImplementedError


class SubmitTransfer(Submit):
    """X2."""

    kind = "transfer"

    def submitted(self, told: dict[str, Any]) -> tuple[Task, bool]:
        asked = forms.transfer_of(told)
        return transfer.submit_transfer(
            actor=self.user,
            source=self.collection(str(told.get("source_endpoint"))),
            destination=self.collection(str(told.get("destination_endpoint"))),
            asked=asked,
        )


class SubmitDelete(Submit):
    """X3."""

    kind = "delete"

    def submitted(self, told: dict[str, Any]) -> tuple[Task, bool]:
        asked = forms.delete_of(told)
        collection = self.collection(str(told.get("endpoint")))
        return transfer.submit_delete(actor=self.user, collection=collection, asked=asked)


class Tasks(TransferView):
    """X4."""

    def get(self, request: Request) -> Response:
        asked = request.query_params
        wanted = forms.tasks_wanted(asked.get("filter", ""))
        found = transfer.tasks_of(self.user).filter(wanted).order_by(*forms.tasks_order(asked.get("orderby", "")))
        return Response({"DATA_TYPE": "task_list", **_page(found, asked, task_documents.task)})


class TaskView(TransferView):
    """A view of one task."""

    def task(self, task_id: str) -> Task:
        return transfer.get_task(id_in(task_id, NoSuchTask), actor=self.user)


class OneTask(TaskView):
    """X5 and X6."""

    def get(self, request: Request, task_id: str) -> Response:
        told = task_documents.task(self.task(task_id))
        fields = [name for name in request.query_params.get("fields", "").split(",") if name]
        return Response({name: told[name] for name in ["DATA_TYPE", *fields] if name in told} if fields else told)

    def put(self, request: Request, task_id: str) -> Response:
        asked = self.document("task")
        deadline = forms.moment_of(asked.get("deadline"), "deadline")
        transfer.change_task(task=self.task(task_id), label=forms.label_of(asked), deadline=deadline)
        return self.done("Updated", "The task was updated.")


class Cancel(TaskView):
    """X7."""

    def post(self, request: Request, task_id: str) -> Response:
        try:
            is_over = transfer.cancel_task(self.task(task_id))
        except TaskOver:
            return self.done("TaskComplete", "The task completed before the cancel request was processed.")
        if is_over:
            return self.done("Canceled", "The task has been cancelled successfully.")
        return self.done("CancelAccepted", "The cancel request was accepted; the task ends within a moment.")


class Pause(TaskView):
    """Ours: the field's clients leave it to administrators of endpoints."""

    def post(self, request: Request, task_id: str) -> Response:
        transfer.pause_task(self.task(task_id))
        return self.done("Paused", "The task pauses within a moment. What was sent is kept.")


class Resume(TaskView):
    """Ours, as ``Pause``."""

    def post(self, request: Request, task_id: str) -> Response:
        transfer.resume_task(self.task(task_id))
        return self.done("Resumed", "The task goes on.")


class Events(TaskView):
    """X8."""

    def get(self, request: Request, task_id: str) -> Response:
        wanted = request.query_params.get("filter", "")
        told = {"": None, "is_error:1": True, "is_error:0": False}
        if wanted not in told:
            raise Invalid("Filter by is_error:1 or is_error:0.", place="filter")
        found = transfer.events_of(self.task(task_id), errors=told[wanted])
        return Response({"DATA_TYPE": "event_list", **_page(found, request.query_params, task_documents.event)})


class SuccessfulTransfers(TaskView):
    """X9."""

    def get(self, request: Request, task_id: str) -> Response:
        found = transfer.successful_transfers(self.task(task_id))
        return Response({"DATA_TYPE": "successful_transfers", **_marked(found, request, task_documents.success)})


class SkippedErrors(TaskView):
    """X10: also what failed, since clients have no other way to ask for that."""

    def get(self, request: Request, task_id: str) -> Response:
        task = self.task(task_id)
        found = transfer.skipped_files(task) | transfer.failed_files(task)
        return Response({"DATA_TYPE": "skipped_errors", **_marked(found, request, task_documents.skipped)})


class PauseInfo(TaskView):
    """Why a task is paused. There are no pause rules here; its owner paused it."""

    def get(self, request: Request, task_id: str) -> Response:
        self.task(task_id)
        messages = {f"{end}_pause_message": None for end in ("source", "destination")}
        return Response({"DATA_TYPE": "pause_info_limited", "pause_rules": [], **messages})


def _page(found: QuerySet[Any], asked: Any, shape: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    limit = min(number_in(asked.get("limit"), "limit", otherwise=10), MOST)
    offset = number_in(asked.get("offset"), "offset", otherwise=0)
    data = [shape(one) for one in found[offset : offset + limit]]
    return {"length": len(data), "limit": limit, "offset": offset, "total": found.count(), "DATA": data}


def _marked(found: QuerySet[File], request: Request, shape: Callable[[File], dict[str, Any]]) -> dict[str, Any]:
    """A page of the ledger, behind the line that the marker names."""
    told = request.query_params.get("marker", "").replace("null", "")
    marker = number_in(told, "marker", otherwise=0, digits=18)
    lines = list(found.filter(pk__gt=marker)[: PAGE + 1])
    following = lines[PAGE - 1].pk if len(lines) > PAGE else None
    return {"marker": marker, "next_marker": following, "DATA": [shape(line) for line in lines[:PAGE]]}
