"""The files are copied, in the author's name, who is let write to the new folder for so long."""

from __future__ import annotations

from typing import ClassVar

from apps.flows.types import Order, Progress, Status
from apps.publish.actions.base import SOON, Step, version_of
from apps.publish.engine import copying
from apps.publish.models import Version
from apps.transfer import services as transfer
from apps.transfer.models import Task


class Copy(Step):
    """One task for each collection that files come from."""

    name: ClassVar[str] = "publication/copy"
    title: ClassVar[str] = "Publication: copy the files"
    subtitle: ClassVar[str] = "Copies the files of a submission to where they will stay."
    is_synchronous: ClassVar[bool] = False

    def begin(self, order: Order) -> Progress:
        version = version_of(order)
        return _seen(version, copying.submit(version))

    def look(self, order: Order) -> Progress:
        version = version_of(order)
        return _seen(version, copying.tasks_of(version))

    def cancel(self, order: Order) -> Progress:
        version = version_of(order)
        copying.cancel(version)
        return _seen(version, copying.tasks_of(version))


def _seen(version: Version, tasks: list[Task]) -> Progress:
    details = {
        "tasks": [str(task.pk) for task in tasks],
        "files": sum(task.files_done for task in tasks),
        "bytes": sum(task.bytes_sent for task in tasks),
    }
    for task in tasks:
        if task.is_over and task.status != Task.Status.SUCCEEDED:
            told = f"The files could not be copied. {task.fatal_message} {transfer.advice_on(task.fatal_code)}"
            return Progress.failed(told.strip(), **details)
    for task in tasks:
        if not task.is_over:
            return Progress(status=Status.ACTIVE, details=details, awaits=f"transfer:{task.pk}", look_in=SOON)
    copying.settle(version)
    return Progress(details=details)
