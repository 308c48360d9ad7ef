"""What is in a file: read by a process of its own, to which the portal lends the file piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from apps.common.confined.errors import CannotStart, Failed, Raised
from apps.common.confined.running import call
from apps.common.confined.types import Limits, Setting, nothing
from apps.storage.errors import Unreadable
from apps.storage.services.files import OpenCollection
from apps.storage.services.kinds import Kind, no_library
from apps.storage.types import Entry

LIMITS = Limits(seconds=30, cpu_s=20, memory_mib=2048)
MOST_BYTES_READ = 256 << 20
ENVIRONMENT = {"HDF5_PLUGIN_PRELOAD": "::", "HDF5_USE_FILE_LOCKING": "FALSE"}
"""No plug-ins: a file names those that it wants."""


class Lent:
    """A file of a collection for a process that may not open it. Of huge ones only so much is read."""

    def __init__(self, files: OpenCollection, entry: Entry) -> None:
        self._files, self._entry, self._left = files, entry, MOST_BYTES_READ
        self.size = entry.size

    def read_at(self, start: int, length: int) -> bytes:
        """
        Raises:
            Unreadable: too much of it was asked for. Changed, StorageAway, NoSuchFile.
        """
        self._left -= length
        if self._left < 0:
            raise Unreadable(
                f"More than {MOST_BYTES_READ >> 20} MiB of it would have to be read to tell what is in it."
            )
        return b"".join(self._files.read(self._entry, start=start, length=length))


def contents_of(
    files: OpenCollection,
    entry: Entry,
    kind: Kind,
    *,
    limits: Limits = LIMITS,
    beat: Callable[[], object] = nothing,
    **options: Any,
) -> dict[str, Any]:
    """What a file of this kind holds, as JSON.

    Raises:
        Unreadable: it is broken, too much, or nothing here reads its kind.
        AccessDenied, Changed, StorageAway. Whatever the beat raises.
    """
    files.require("r", entry.path)
    if kind.library and find_spec(kind.library) is None:
        raise no_library(kind)
    setting = Setting(limits, environment=ENVIRONMENT, beat=beat)
    try:
        found = call(kind.reader, kwargs=options, setting=setting, source=Lent(files, entry), is_shut=True)
    except CannotStart as error:
        raise no_library(kind) from error
    except Raised as error:
        told = error.message.partition(": ")[2] or error.message
        raise Unreadable(f"It cannot be read as {kind.media_type}: {told}.") from error
    except Failed as error:
        raise Unreadable(f"It cannot be read as {kind.media_type}. {error.message}") from error
    return dict(found)
