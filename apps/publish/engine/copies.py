"""The files of a submission: what is there, and whether its author may read it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from apps.common.errors import PortalError
from apps.publish.engine.plans import Copy
from apps.publish.models import Submission
from apps.publish.types import Chosen, Fault
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath

MOST_LOOKED_AT = 100_000


def copies(submission: Submission, folder: FilePath) -> Iterator[Copy | Fault]:
    """Each chosen file or folder on its way into ``folder``, looked at in the author's name."""
    left = MOST_LOOKED_AT
    for chosen in submission.files:
        try:
            copy = _copy(submission, chosen, folder, left)
        except (ValueError, PortalError) as error:
            yield Fault("/files", f"{chosen.path} cannot be read: {getattr(error, 'message', error)}")
            continue
        left -= copy.files
        yield copy


def target_of(chosen: Chosen, source: Collection, folder: FilePath) -> FilePath:
    """Where a file or folder goes: under its own name."""
    return folder / (chosen.path.name or source.name.replace("/", "-"))


def _copy(submission: Submission, chosen: Chosen, folder: FilePath, most: int) -> Copy:
    source = storage.get_collection(uuid.UUID(chosen.collection), actor=submission.author)
    target = target_of(chosen, source, folder)
    with storage.opened(source, actor=submission.author) as files:
        entry = files.stat(chosen.path)
        files.require("r", chosen.path)
        if not entry.is_folder:
            return Copy(source, chosen, target, False, 1, entry.size, False)
        count, size, is_cut = _counted(files, chosen.path, most)
        return Copy(source, chosen, target, True, count, size, is_cut)


def _counted(files: storage.OpenCollection, folder: FilePath, most: int) -> tuple[int, int, bool]:
    """How many files lie below a folder, how large they are together, and whether there are more."""
    count = size = 0
    waiting = [folder]
    while waiting:
        for entry in files.list(waiting.pop()):
            if entry.is_folder:
                waiting.append(entry.path)
            else:
                count, size = count + 1, size + entry.size
            if count >= most:
                return count, size, True
    return count, size, False
