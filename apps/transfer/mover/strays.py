"""What a process that died had begun to write, and nobody knows of: it is thrown away before a task ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby

from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.transfer.models import File
from apps.transfer.mover.copying import SMALL
from apps.transfer.mover.job import Job
from apps.transfer.mover.turns import TAKEN_OVER


def sweep(job: Job) -> None:
    """Nothing, unless the task was ever taken over from a process that did not give it back."""
    taken_over = job.task.events.filter(code=TAKEN_OVER).order_by("pk").last()
    if taken_over is None or not job.task.is_transfer:
        return
    under_way = File.objects.filter(task__completed_at=None).exclude(upload=None).values_list("upload", flat=True)
    kept = {told for upload in under_way if upload for told in upload["state"].values()} | storage.under_way()
    for folder, names in _folders(job):
        with suppress(PortalError):
            job.destination.storage.sweep(job.destination.place(folder), names, until=taken_over.at, kept=kept)


def _folders(job: Job) -> Iterator[tuple[FilePath, set[str]]]:
    """Where files were to go, and the names there of those that went in pieces."""
    lines = job.ledger.lines.filter(action=File.Action.COPY).order_by("pk").values_list("destination_key", "size")
    paths = ((FilePath.from_key(key), size) for key, size in lines.iterator())
    for folder, inside in groupby(paths, key=lambda one: one[0].parent):
        yield folder, {path.name for path, size in inside if size > SMALL}
