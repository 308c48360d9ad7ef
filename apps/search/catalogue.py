"""The catalogue of an index: which paths its entries have, of which kinds, in how many entries, with an example.

Counts are exact: an entry that is replaced or deleted takes its paths off again.
"""

from __future__ import annotations

from collections.abc import Iterable

from apps.search.models import Index, Path
from apps.search.projection import Leaves
from apps.search.types import Kind

EXAMPLE_CHARACTERS = 200


class Catalogue:
    """The catalogue's lines of one index during a round of writes."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lines = {line.path: line for line in Path.objects.filter(index=index)}
        self._room = index.field_budget - sum(line.is_indexed for line in self._lines.values())
        self._changed: dict[str, Path] = {}

    @property
    def lines(self) -> Iterable[Path]:
        return self._lines.values()

    @property
    def indexed(self) -> frozenset[str] | None:
        """The paths that have fields of their own; None when all have."""
        if all(line.is_indexed for line in self._lines.values()):
            return None
        return frozenset(path for path, line in self._lines.items() if line.is_indexed)

    def note(self, pairs: Iterable[tuple[Leaves | None, Leaves | None]]) -> None:
        """Count entries as they were (off) and as they are (on)."""
        for old, new in pairs:
            if old:
                self._count(old, -1)
            if new:
                self._count(new, 1)

    def store(self) -> None:
        counters = [*Path.COUNTERS.values(), "entries"]
        Path.objects.bulk_create(
            self._changed.values(),
            batch_size=500,
            update_conflicts=True,
            unique_fields=["index", "path_digest"],
            update_fields=[*counters, "example"],
        )

    def _count(self, leaves: Leaves, step: int) -> None:
        for path, kinds in leaves.kinds().items():
            line = self._lines.get(path) or self._new(path)
            self._changed[path] = line
            line.entries += step
            for kind in kinds:
                counter = Path.COUNTERS[kind]
                setattr(line, counter, getattr(line, counter) + step)
            if not line.example and step > 0:
                line.example = _example(leaves, path)

    def _new(self, path: str) -> Path:
        line = Path(index=self._index, path=path, is_indexed=self._room > 0)
        self._room -= 1
        self._lines[path] = line
        return line


def _example(leaves: Leaves, path: str) -> str:
    for kind, values in leaves.by_kind():
        if path in values and kind not in {Kind.DATE, Kind.SHAPE}:
            return str(values[path][0])[:EXAMPLE_CHARACTERS]
    return ""
