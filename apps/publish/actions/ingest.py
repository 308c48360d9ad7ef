"""The entries are put into the index, and can be found when this ends."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from apps.flows.types import Order, Progress, Status
from apps.publish.actions.base import SOON, Step, version_of
from apps.publish.engine import indexing
from apps.search.models import Task


class Ingest(Step):
    name: ClassVar[str] = "publication/ingest"
    title: ClassVar[str] = "Publication: write the record"
    subtitle: ClassVar[str] = "Puts the entries of a submission into its index."
    is_synchronous: ClassVar[bool] = False

    def begin(self, order: Order) -> Progress:
        return _seen(indexing.put(version_of(order), UUID(order.request_id)))

    def look(self, order: Order) -> Progress:
        version_of(order)
        return _seen(indexing.task_named(order.memo["task"]))

    def cancel(self, order: Order) -> Progress:
        """It is done within seconds, and cannot be called back: it is undone afterwards."""
        return self.look(order)


def _seen(task: Task) -> Progress:
    memo = {"task": str(task.pk)}
    if task.state == Task.State.SUCCESS:
        return Progress(details={"task": str(task.pk)}, memo=memo)
    if task.state == Task.State.FAILED:
        return Progress.failed(f"The record could not be written into the index. {indexing.trouble(task)}".strip())
    return Progress(status=Status.ACTIVE, awaits=f"search:{task.pk}", look_in=SOON, memo=memo)
