"""The folders that are watched, as the kernel numbers them, and where they are."""

from __future__ import annotations

from collections.abc import Iterator


class WatchedFolder:
    """``below`` are the folders in it by their names, and None while there is none: most folders have none."""

    __slots__ = ("above", "below", "name", "number")

    def __init__(self, number: int, above: WatchedFolder | None, name: str) -> None:
        self.number, self.above, self.name = number, above, name
        self.below: dict[str, WatchedFolder] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """From the root of the watch on."""
        names, here = [], self
        while here.above is not None:
            names.append(here.name)
            here = here.above
        return tuple(reversed(names))

    def inner(self, name: str) -> WatchedFolder | None:
        return self.below.get(name) if self.below else None


class WatchedTree:
    """What was told until now. The disk may be ahead of it: what it lacks will be told."""

    def __init__(self, root: int) -> None:
        self.root = WatchedFolder(root, None, "")
        self._by_number = {root: self.root}

    def __contains__(self, folder: WatchedFolder) -> bool:
        return self._by_number.get(folder.number) is folder

    def get(self, number: int) -> WatchedFolder | None:
        return self._by_number.get(number)

    def put(self, number: int, above: WatchedFolder, name: str) -> WatchedFolder:
        folder = WatchedFolder(number, above, name)
        self._by_number[number] = folder
        if above.below is None:
            above.below = {}
        above.below[name] = folder
        return folder

    def cut(self, folder: WatchedFolder) -> Iterator[int]:
        """Take a folder out with all below it, and tell the numbers that they had."""
        if folder.above is not None and folder.above.below is not None:
            folder.above.below.pop(folder.name, None)
        rest = [folder]
        while rest:
            here = rest.pop()
            rest.extend((here.below or {}).values())
            del self._by_number[here.number]
            yield here.number
