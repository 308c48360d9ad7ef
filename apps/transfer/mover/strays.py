"""What a process that died had begun to write, and nobody knows of: it is thrown away before its work ends."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import groupby

from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.storage.services import OpenCollection
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
    kept = _under_way()
    for folder, names in _folders(job):
        _sweep(job.destination, folder, names, until=taken_over.at, kept=kept)


def clear_strays(files: OpenCollection, folders: Iterable[FilePath], *, until: datetime) -> None:
    """Throw away what whoever died before ``until`` had begun to write in these folders, as far as the storage lets it.
    For those that write small files anew when one of them died."""
    kept = _under_way()
    for folder in folders:
        _sweep(files, folder, (), until=until, kept=kept)


def _under_way() -> set[str]:
    """What the storages know the files by that somebody still goes on with."""
    uploads = File.objects.filter(task__completed_at=None).exclude(upload=None).values_list("upload", flat=True)
    return {told for upload in uploads if upload for told in upload["state"].values()} | storage.under_way()


def _sweep(
    files: OpenCollection, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]
) -> None:
    with suppress(PortalError):
        files.storage.sweep(files.place(folder), names, until=until, kept=kept)


def _folders(job: Job) -> Iterator[tuple[FilePath, set[str]]]:
    """Where files were to go, and the names there of those that went in pieces."""
    lines = job.ledger.lines.filter(action=File.Action.COPY).order_by("pk").values_list("destination_key", "size")
    paths = ((FilePath.from_key(key), size) for key, size in lines.iterator())
    for folder, inside in groupby(paths, key=lambda one: one[0].parent):
        yield folder, {path.name for path, size in inside if size > SMALL}
