"""A program that does all that can be done with files and folders, at random: ``unruly.py SEED TURNS PLACE…``.

It moves things from any place to any other, so that one of them may be beside what is watched.
"""

import ctypes
import os
import random
import sys
from contextlib import suppress
from pathlib import Path

LIBC, HERE, EXCHANGE = ctypes.CDLL(None, use_errno=True), -100, 2


class Unruly:
    def __init__(self, seed: int, places: list[Path]) -> None:
        self.random, self.places = random.Random(seed), places

    def folder(self) -> Path:
        here = self.random.choice(self.places)
        while self.random.random() < 0.6 and (inner := [one for one in here.iterdir() if one.is_dir()]):
            here = self.random.choice(inner)
        return here

    def new(self) -> Path:
        return self.folder() / self.random.choice("abcdefgh")

    def some(self) -> Path:
        return self.random.choice(list(self.folder().iterdir()) or self.places)

    def write(self) -> None:
        with self.new().open("ab") as file:
            for _ in range(self.random.randrange(4)):
                file.write(os.urandom(10))
                file.flush()

    def make_folders(self) -> None:
        deep = self.new() / self.random.choice("abc") / self.random.choice("abc")
        deep.mkdir(parents=True)
        (deep / "file").touch()

    def move(self) -> None:
        if (here := self.some()) not in self.places:
            here.rename(self.new())

    def exchange(self) -> None:
        one, other = self.some(), self.some()
        if not {one, other} & set(self.places):
            LIBC.renameat2(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE)

    def delete(self) -> None:
        here = self.some()
        if here in self.places:
            return
        for above, _, names in os.walk(here, topdown=False):
            for name in names:
                Path(above, name).unlink()
            Path(above).rmdir()
        here.unlink()

    def link(self) -> None:
        self.new().hardlink_to(self.some())

    def do(self) -> None:
        acts = {self.write: 8, self.make_folders: 3, self.move: 6, self.exchange: 2, self.delete: 2, self.link: 1}
        [act] = self.random.choices(list(acts), list(acts.values()))
        with suppress(OSError, IndexError):
            act()


if __name__ == "__main__":
    unruly = Unruly(int(sys.argv[1]), [Path(place) for place in sys.argv[3:]])
    for _ in range(int(sys.argv[2])):
        unruly.do()
