"""Any JSON as sections, facts and tables that a person can read.

An object is a section: its scalars are facts, its objects sections within, its arrays of flat objects tables (of one
key: a fact with many values), and its arrays of deeper objects one section each. What a page cannot hold (too deep, too
many) is cut with a word about it; the JSON has all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TypeGuard

from apps.search import paths
from apps.web.values import Value, label, value

MAX_DEPTH = 8
MAX_ROWS = 100
MAX_KEYS = 300
MAX_LEAVES = 4000
MAX_COLUMNS = 12
OPEN_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    values: tuple[Value, ...]
    unit: str = ""
    more: int = 0

    @property
    def brief(self) -> str:
        """In a few words, without the unit: days rather than instants, each text once."""
        texts = dict.fromkeys(value.short for value in self.values)
        return ", ".join([*texts, *([f"{self.more} more"] if self.more else [])])

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right in a table."""
        return len(self.values) == 1 and self.values[0].is_number


@dataclass(frozen=True, slots=True)
class Table:
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Fact, ...], ...]
    more: int = 0

    @property
    def heads(self) -> tuple[tuple[str, bool], ...]:
        """Each column's name, and whether numbers stand in it."""
        return tuple((name, any(row[at].is_number for row in self.rows)) for at, name in enumerate(self.columns))


@dataclass(slots=True)
class Section:
    """``size`` counts the values in it; ``is_cut`` says that some are left out here."""

    label: str
    key: str = ""
    facts: list[Fact] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    size: int = 0
    is_open: bool = True
    is_cut: bool = False


class Reader:
    """Lays out one record. ``labels`` and ``units`` say how known paths are called; the rest is read from the keys."""

    def __init__(self, *, labels: dict[str, str] | None = None, units: dict[str, str] | None = None) -> None:
        self.labels = labels or {}
        self.units = units or {}
        self.left = MAX_LEAVES

    def section(self, content: dict[str, object], *, title: str, keys: tuple[str, ...] = ()) -> Section:
        section = Section(title, key=keys[-1] if keys else "", is_open=len(keys) < OPEN_DEPTH)
        for key, item in list(content.items())[:MAX_KEYS]:
            if self.left <= 0:
                section.is_cut = True
                break
            self._place(section, (*keys, key), item)
        section.is_cut = section.is_cut or len(content) > MAX_KEYS
        return section

    def _place(self, section: Section, keys: tuple[str, ...], item: object) -> None:
        name = self._label(keys)
        if isinstance(item, dict) and item and len(keys) < MAX_DEPTH:
            inner = self.section(item, title=name, keys=keys)
            section.sections.append(inner)
            section.size += inner.size
        elif _is_table(item) and (only := _only_key(item)) is not None:
            section.facts.append(self._fact(name, (*keys, only), [row[only] for row in item]))
            section.size += len(item)
        elif _is_table(item):
            section.tables.append(self._table(name, keys, item))
            section.size += len(item)
        elif isinstance(item, list) and len(keys) < MAX_DEPTH and any(isinstance(row, dict) for row in item):
            section.sections.append(self._numbered(name, keys, item))
        else:
            section.facts.append(self._fact(name, keys, item))
            section.size += 1

    def _numbered(self, name: str, keys: tuple[str, ...], items: list[object]) -> Section:
        outer = Section(name, key=keys[-1], size=len(items), is_open=len(keys) < OPEN_DEPTH)
        for number, item in enumerate(items[:MAX_ROWS], start=1):
            if self.left <= 0:
                break
            if isinstance(item, dict):
                outer.sections.append(self.section(item, title=f"{name} {number}", keys=keys))
            else:
                outer.facts.append(self._fact(str(number), keys, item))
        outer.is_cut = len(outer.sections) + len(outer.facts) < len(items)
        return outer

    def _table(self, name: str, keys: tuple[str, ...], items: list[dict[str, object]]) -> Table:
        columns = list(dict.fromkeys(key for item in items[:MAX_ROWS] for key in item))
        rows = []
        for item in items[:MAX_ROWS]:
            if self.left <= 0:
                break
            rows.append(tuple(self._fact(self._label((*keys, key)), (*keys, key), item.get(key)) for key in columns))
        labels = tuple(self._label((*keys, key)) for key in columns)
        return Table(name, labels, tuple(rows), more=len(items) - len(rows))

    def _fact(self, name: str, keys: tuple[str, ...], item: object) -> Fact:
        items = item if isinstance(item, list) and item else [item]
        shown = tuple(_scalar(one) for one in items[:MAX_ROWS])
        self.left -= len(shown)
        return Fact(name, shown, self.units.get(paths.join(keys), ""), more=len(items) - len(shown))

    def _label(self, keys: tuple[str, ...]) -> str:
        return self.labels.get(paths.join(keys)) or label(keys[-1])


def _is_table(item: object) -> TypeGuard[list[dict[str, object]]]:
    """An array of objects without objects inside, narrow enough for a page."""
    if not isinstance(item, list) or not item or not all(isinstance(row, dict) for row in item):
        return False
    head = item[:MAX_ROWS]
    return len({key for row in head for key in row}) <= MAX_COLUMNS and all(
        _is_flat(cell) for row in head for cell in row.values()
    )


def _only_key(items: list[dict[str, object]]) -> str | None:
    """The key of objects that have just one, each the same, with a scalar."""
    keys = {tuple(item) for item in items}
    [first, *_] = keys
    is_plain = len(keys) == len(first) == 1 and not any(isinstance(item[first[0]], list) for item in items)
    return first[0] if is_plain else None


def _is_flat(cell: object) -> bool:
    return not any(isinstance(part, dict | list) for part in (cell if isinstance(cell, list) else [cell]))


def _scalar(item: object) -> Value:
    if item in ({}, []):
        return value(None)
    return value(json.dumps(item, ensure_ascii=False) if isinstance(item, dict | list) else item)
