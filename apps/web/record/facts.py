"""The few facts of a record by which people know it: what its index declares as a summary."""

from __future__ import annotations

from apps.search.types import Presentation, Record, Shown
from apps.web import content
from apps.web.record.readable import Fact
from apps.web.values import value


def key_facts(record: Record, presentation: Presentation) -> tuple[Fact, ...]:
    return tuple(fact for shown in presentation.summary if (fact := key_fact(record, shown)) is not None)


def key_fact(record: Record, shown: Shown, *, most: int = 3) -> Fact | None:
    """A summary path with its first few values; None when the record has none."""
    found = [leaf for leaf in content.values(record, shown.path) if leaf not in (None, "")]
    if not found:
        return None
    return Fact(shown.label, tuple(value(leaf) for leaf in found[:most]), shown.unit, more=max(len(found) - most, 0))
