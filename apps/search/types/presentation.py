"""How an index presents itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from apps.search.types.audience import Kind
from apps.search.types.query import Boost

PROPOSED = "proposed"
"""A row of a document that stands for what the index proposes."""


class ChartType(StrEnum):
    BARS = "bars"
    HISTOGRAM = "histogram"
    YEARS = "years"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Shown:
    """A path as people see it."""

    path: str
    label: str
    unit: str = ""
    kind: Kind = Kind.STRING


@dataclass(frozen=True, slots=True)
class ShownFacet(Shown):
    """A path to narrow by.

    ``by_value`` puts its values in their own order instead of the commonest first; ``is_logarithmic`` is for numbers
    (None: as they are spread); with a ``separator`` values are paths of a hierarchy.
    """

    is_open: bool = True
    by_value: bool = False
    is_logarithmic: bool | None = None
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over the results. A grid counts the values of ``path`` across those of another one."""

    type: ChartType
    path: str
    label: str
    across: str = ""


@dataclass(frozen=True, slots=True)
class ShownSort:
    path: str
    label: str
    is_descending: bool = True


@dataclass(frozen=True)
class Presentation:
    """Which path is the title, which are shown with a hit, which are facets, columns, charts and sorts.

    ``thumbnail`` is the path of a picture's address; ``boosts`` lift records that have a word there; ``intro`` stands
    above the results, ``placeholder`` in the empty search box; ``accent`` is a colour as ``#rrggbb``.
    """

    title: str = ""
    thumbnail: str = ""
    summary: tuple[Shown, ...] = ()
    facets: tuple[ShownFacet, ...] = ()
    columns: tuple[Shown, ...] = ()
    charts: tuple[Chart, ...] = ()
    sorts: tuple[ShownSort, ...] = ()
    boosts: tuple[Boost, ...] = ()
    intro: str = ""
    placeholder: str = ""
    accent: str = ""

    @cached_property
    def known(self) -> dict[str, Shown]:
        """Every path that is shown anywhere, once: as a facet, else as a hit's line has it, else as a column."""
        known: dict[str, Shown] = {}
        for one in (*self.facets, *self.summary, *self.columns):
            known.setdefault(one.path, one)
        return known
