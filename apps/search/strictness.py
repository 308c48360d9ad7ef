"""Strict typing, for an index that asks for it: what stands at a path decides what may come there.

The rule of hosted Globus Search ("mapped data types" of its documentation): a path holds dates, other texts, numbers,
truth values or places. A path of texts takes dates, numbers and truth values too; nothing else is mixed. What an entry
brings to a new path decides for all behind it. Where an index was not strict before, what is there already may come
again; a path that no entry has any more is free again.
"""

from __future__ import annotations

from collections.abc import Iterable

from apps.search.models import Path
from apps.search.projection import Leaves
from apps.search.types import Kind, Problem

_INTO_TEXT = frozenset({Kind.DATE, Kind.NUMBER, Kind.BOOLEAN})
_NAMES = {
    Kind.STRING: "texts",
    Kind.DATE: "dates",
    Kind.NUMBER: "numbers",
    Kind.BOOLEAN: "truth values",
    Kind.POINT: "points",
    Kind.SHAPE: "shapes",
}


class Strictness:
    """What each path of an index takes, kept up to date in the course of a round."""

    def __init__(self, lines: Iterable[Path]) -> None:
        self._held = {line.path: line.sorted_kinds for line in lines}

    def take(self, subject: str, leaves: Leaves) -> Problem | None:
        """Take an entry, or tell the first path that does not fit; then nothing of it counts."""
        brought = _kinds(leaves)
        for path, kinds in brought.items():
            held = self._held.get(path, frozenset())
            foreign = kinds - held - (_INTO_TEXT if Kind.STRING in held else frozenset())
            if held and foreign:
                return Problem(subject, f"content.{path}", _reason(foreign, held))
        for path, kinds in brought.items():
            self._held[path] = self._held.get(path, frozenset()) | kinds
        return None


def _kinds(leaves: Leaves) -> dict[str, frozenset[Kind]]:
    """Texts count as dates where all of them are."""
    found = {path: frozenset(kinds) for path, kinds in leaves.kinds().items()}
    for path, instants in leaves.dates.items():
        found[path] -= {Kind.STRING if len(instants) == len(leaves.strings[path]) else Kind.DATE}
    return found


def _reason(foreign: frozenset[Kind], held: frozenset[Kind]) -> str:
    return (
        f"must be {_named(held)}, as in the entries before, not {_named(foreign)}: this index is strict. "
        "Change the value, or let an admin switch strict typing off."
    )


def _named(kinds: frozenset[Kind]) -> str:
    return " or ".join(_NAMES[kind] for kind in sorted(kinds))
