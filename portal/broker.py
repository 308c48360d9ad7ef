"""Kombu's broker in a folder, for several processes and threads that read and write it at once. What is mended here:

* Kombu writes a message, and the table of an exchange, where others may already read half of it, which ends their
  worker (a message is then no JSON). Here a message gets its name when it is whole, and the table is one process's at a
  time.
* Kombu takes a message by moving it to where temporary files are. If that is another file system (a /tmp in memory),
  it is copied, by several at once, and read by one while another overwrites it. Here it is renamed where it lies.
* Kombu remembers for all connections of a process together which queue is bound, and does so before the table has it.
  A thread that sends while another still binds finds no queue in the table, and its message is gone without a word.
  Here each connection binds for itself.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from json import dumps, loads
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual


class Channel(filesystem.Channel):
    """The parts of a channel that write and take."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # Kombu has two names for it
        folder = Path(self.data_folder_out)
        written = folder / f".{uuid4()}"
        written.write_text(dumps(payload))
        written.rename(folder / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg")

    def _get(self, queue: str) -> Any:  # type: ignore[override]  # Kombu's filesystem has no time to wait either
        """
        Raises:
            Empty: there is no message.
        """
        folder = Path(self.data_folder_in)
        for name in sorted(each.name for each in folder.iterdir()):  # the oldest first
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            with suppress(FileNotFoundError):  # another was faster
                taken = (folder / name).rename(folder / f".{name}")  # which is of no queue
                payload = taken.read_text()
                taken.unlink()
                return loads(payload)
        raise Empty

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

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)  # type: ignore[no-untyped-call]  # Kombu has no types
        self.state = virtual.BrokerState()  # type: ignore[no-untyped-call]


def use() -> None:
    """Let ``filesystem://`` be this transport."""
    TRANSPORT_ALIASES["filesystem"] = "portal.broker:Transport"
