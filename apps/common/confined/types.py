"""What is run, and within which bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` are those of a clock, ``cpu_s`` those of a processor. Memory is address space, of each process.

    ``output_bytes`` bounds what is said on the standard output, and ``file_bytes`` each file that is written.
    """

    seconds: float = 10
    cpu_s: int = 10
    memory_mib: int = 1024
    output_bytes: int = 4 * MIB
    file_bytes: int = 0
    open_files: int = 64


class Source(Protocol):
    """A file that the process may read without opening it: it asks, and the portal answers."""

    size: int

    def read_at(self, start: int, length: int) -> bytes:
        """As many bytes as were asked for, unless the file ends."""


def nothing() -> None:
    """What is done at each beat if nobody says what."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is around the process.

    ``folder`` is where it works; without one it gets a folder that goes away with it. ``environment`` comes on top
    of a bare one: nothing of the portal's own, which holds its secrets, is handed down. ``beat`` is called every half
    second: whatever it raises ends the process, and is raised to who started it.
    """

    limits: Limits = field(default_factory=Limits)
    folder: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)
    beat: Callable[[], object] = nothing


@dataclass(frozen=True, slots=True)
class Ended:
    """A program that ended well: what it said, and the end of what it said on its other output."""

    output: bytes
    murmur: str
    cpu_s: float
    memory_mib: int
