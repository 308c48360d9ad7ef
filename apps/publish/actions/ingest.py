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
        """It cannot be called back, and is not waited for, since the engine may be away: what undoes it is asked of
        the index after it, and an index does what it is asked in that order."""
        seen = self.look(order)
        return seen if seen.status.is_end else Progress.failed("It was canceled.")


def _seen(task: Task) -> Progress:
    memo = {"task": str(task.pk)}
    if task.state == Task.State.SUCCESS:
        return Progress(details={"task": str(task.pk)}, memo=memo)
    if task.state == Task.State.FAILED:
        return Progress.failed(f"The record could not be written into the index. {indexing.trouble(task)}".strip())
    return Progress(status=Status.ACTIVE, awaits=f"search:{task.pk}", look_in=SOON, memo=memo)
