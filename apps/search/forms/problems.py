"""All that is wrong with a request, by place, told at once."""

from __future__ import annotations

from apps.common.errors import Invalid
from apps.search.forms.limits import MAX_PROBLEMS

Place = tuple[str, ...]
MAX_SHOWN_CHARACTERS = 100
MAX_TOLD_IN_A_LINE = 5


def shown(text: str) -> str:
    """A piece of the input as it may stand in a message: short, and a text that every database takes."""
    short = text if len(text) <= MAX_SHOWN_CHARACTERS else f"{text[:MAX_SHOWN_CHARACTERS]}…"
    return short.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


class Problems:
    """Gathers problems. ``location`` is the faulty part of the request (``json`` or ``query``), as clients know it."""

    def __init__(self, location: str = "json") -> None:
        self._location = location
        self._found: list[tuple[Place, str]] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, place: Place, message: str) -> None:
        self._count += 1
        if len(self._found) < MAX_PROBLEMS:
            self._found.append((tuple(shown(key) for key in place), message))

    @property
    def is_full(self) -> bool:
        """Whether more problems are only counted, so that hints for them are work for nothing."""
        return len(self._found) == MAX_PROBLEMS

    def summary(self) -> tuple[str, str]:
        """The place of the first problem, and what the first few of them say."""
        (place, message), *others = self._found[:MAX_TOLD_IN_A_LINE]
        told = [message, *(f"{'.'.join(place)}: {message}" for place, message in others)]
        rest = self._count - len(told)
        return ".".join(place), "; ".join([*told, f"and {rest} more problems"] if rest else told)

    def messages(self) -> dict[str, object]:
        """Nested as the keys and positions of the document are, with a list of messages at each faulty place."""
        root = _Node()
        for place, message in self._found:
            node = root
            for key in place:
                node = node.children.setdefault(key, _Node())
            node.messages.append(message)
        if self._count > len(self._found):
            root.messages.append(f"There are {self._count - len(self._found)} more problems.")
        return {self._location: root.plain()}

    def check(self, error: type[Invalid]) -> None:
        """Raise ``error`` if anything is wrong: the first problem in words, all of them in ``details["messages"]``."""
        if not self._found:
            return
        place, message = self._found[0]
        rest = f" ({self._count - 1} more)" if self._count > 1 else ""
        raise error(message + rest, place=".".join(place), details={"messages": self.messages()})


class _Node:
    def __init__(self) -> None:
        self.messages: list[str] = []
        self.children: dict[str, _Node] = {}

    def plain(self) -> object:
        if not self.children:
            return self.messages
        plain = {key: child.plain() for key, child in self.children.items()}
        return {**plain, "_schema": self.messages} if self.messages else plain
