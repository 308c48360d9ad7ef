"""What is moved."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PER_FOLDER = 1000
MIB = 1 << 20


@dataclass(frozen=True)
class Load:
    """So many files of one size."""

    name: str
    files: int
    size: int

    @property
    def bytes(self) -> int:
        return self.files * self.size

    def make(self, folder: Path) -> None:
        for number in range(self.files):
            file = folder / f"{number // PER_FOLDER:03}" / f"file-{number:06}.bin"
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as out:
                for start in range(0, self.size, MIB):
                    out.write(os.urandom(min(MIB, self.size - start)))


def loads(scale: float) -> list[Load]:
    """The three of the aim, or, by a scale below one, the like of them for less time."""

    def many(number: int) -> int:
        return max(int(number * scale), 1)

    return [
        Load("small", many(10_000), 4096),
        Load("middle", many(1_000), MIB),
        Load("large", 1, many(2048) * MIB),
    ]
