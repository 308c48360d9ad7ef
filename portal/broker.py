"""Kombu's broker in a folder, for several processes that read and write it at once.

Kombu writes a message, and the table of an exchange, where others may already read half of it, which ends their worker
(a message is then no JSON). Here a message gets its name when it is whole, and the table is one process's at a time.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem


class Channel(filesystem.Channel):
    """The parts of a channel that write."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # Kombu has two names for it
        folder = Path(self.data_folder_out)
        written = folder / f".{uuid4()}"
        written.write_text(dumps(payload))
        written.rename(folder / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg")

    def _queue_bind(self, *what: Any) -> None:
        with self._alone():
            super()._queue_bind(*what)  # type: ignore[no-untyped-call]  # Kombu has no types

    def get_table(self, exchange: str) -> Any:
        with self._alone():
            return super().get_table(exchange)  # type: ignore[no-untyped-call]  # Kombu has no types

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (Path(self.data_folder_in) / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    Channel = Channel


def use() -> None:
    """Let ``filesystem://`` be this transport."""
    TRANSPORT_ALIASES["filesystem"] = "portal.broker:Transport"
