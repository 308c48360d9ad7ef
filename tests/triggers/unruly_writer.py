"""A program that writes files as instruments, copies and people do: ``unruly_writer.py SEED FILES FOLDER BESIDE TOLD``.

Into TOLD goes a line of JSON for each file that it has finished: where it is, its size and the checksum of it.
"""

import json
import os
import random
import sys
import time
from hashlib import sha256
from pathlib import Path

SLOW_S = 1.6
"""Longer than a file has to be left alone for to count as settled."""


class UnrulyWriter:
    def __init__(self, seed: int, folder: Path, beside: Path) -> None:
        self.random, self.seed, self.number = random.Random(seed), seed, 0
        self.folder, self.beside = folder, beside

    def new(self, folder: Path) -> Path:
        self.number += 1
        return folder / f"{self.seed}-{self.number}.dat"

    def deep(self) -> Path:
        folder = self.folder / f"{self.seed}" / str(self.number // 50)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def data(self) -> bytes:
        return self.random.randbytes(self.random.randrange(1, 5000))

    def plain(self) -> list[Path]:
        path = self.new(self.deep())
        path.write_bytes(self.data())
        return [path]

    def slow(self) -> list[Path]:
        """In pieces, with pauses in which nothing of it changes."""
        path = self.new(self.deep())
        with path.open("wb") as file:
            for _ in range(2):
                file.write(self.data())
                file.flush()
                time.sleep(SLOW_S)
            file.write(self.data())
        return [path]

    def renamed(self) -> list[Path]:
        """As rsync does it: under another name until it is whole."""
        path = self.new(self.deep())
        hidden = path.with_suffix(".part")
        hidden.write_bytes(self.data())
        return [hidden.rename(path)]

    def renamed_twice(self) -> list[Path]:
        [path] = self.plain()
        return [path.rename(self.new(self.folder))]

    def moved_in(self) -> list[Path]:
        path = self.new(self.beside)
        path.write_bytes(self.data())
        return [path.rename(self.deep() / path.name)]

    def moved_in_with_folder(self) -> list[Path]:
        folder = self.beside / f"{self.seed}-{self.number}" / "deep"
        folder.mkdir(parents=True)
        names = [self.new(folder).name for _ in range(5)]
        for name in names:
            (folder / name).write_bytes(self.data())
        there = folder.parent.rename(self.folder / folder.parent.name)
        return [there / "deep" / name for name in names]

    def moved_folder(self) -> list[Path]:
        """A folder that is moved on while it is watched."""
        folder = self.folder / f"moved-{self.seed}-{self.number}"
        folder.mkdir()
        path = self.new(folder)
        path.write_bytes(self.data())
        return [folder.rename(self.deep() / folder.name) / path.name]

    def deleted(self) -> list[Path]:
        [path] = self.plain()
        path.unlink()
        return []

    def write(self) -> list[Path]:
        ways = {
            self.plain: 40,
            self.renamed: 20,
            self.renamed_twice: 10,
            self.moved_in: 10,
            self.moved_in_with_folder: 4,
            self.moved_folder: 6,
            self.deleted: 8,
            self.slow: 2,
        }
        [way] = self.random.choices(list(ways), list(ways.values()))
        return way()


def told(path: Path, folder: Path) -> str:
    data = path.read_bytes()
    return json.dumps([str(path.relative_to(folder)), len(data), sha256(data).hexdigest()])


def main(seed: str, files: str, folder: str, beside: str, into: str) -> None:
    writer = UnrulyWriter(int(seed), Path(folder), Path(beside))
    with Path(into).open("a", buffering=1) as lines:
        while writer.number < int(files):
            for path in writer.write():
                lines.write(f"{told(path, writer.folder)}\n")


if __name__ == "__main__":
    os.nice(5)
    main(*sys.argv[1:])
