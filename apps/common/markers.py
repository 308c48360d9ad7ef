"""Long lists that are read on from a marker: the next page begins behind the last row of this one, however many rows
come and go meanwhile, and costs the same however far behind it is.

A marker says what was asked as well. It is signed, so that what is read from it is what was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from apps.common.errors import Invalid

M = TypeVar("M", bound=Model)
Asked = dict[str, list[str]]
"""The parameters of a list, as they came."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which column, and which way. Rows that have nothing there, if they ``may_lack`` it, come last in any case."""

    column: str
    is_descending: bool = False
    may_lack: bool = False

    def expression(self) -> OrderBy:
        column = F(self.column)
        last = True if self.may_lack else None  # an index knows another place for them
        return column.desc(nulls_last=last) if self.is_descending else column.asc(nulls_last=last)

    def behind(self, value: Any) -> Q:
        """Rows that come after those with this value. (``Any``: whatever the column holds.)"""
        if value is None:
            return Q(pk__in=[])
        found = Q(**{f"{self.column}__{'lt' if self.is_descending else 'gt'}": value})
        return found | Q(**{f"{self.column}__isnull": True}) if self.may_lack else found

    def not_before(self, value: Any) -> Q:
        """What an index is read by: it makes nothing of the alternatives that ``behind`` and ``same`` come to."""
        if self.may_lack:
            return Q()
        return Q(**{f"{self.column}__{'lte' if self.is_descending else 'gte'}": value})

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind a row with these values. The last of ``orders`` tells all rows apart."""

    orders: tuple[Order, ...]
    values: tuple[str | None, ...] | None = None
    """None is the beginning."""

    def of(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows from here on, in order."""
        ordered = rows.order_by(*(order.expression() for order in self.orders))
        if self.values is None:
            return ordered
        behind, same = Q(pk__in=[]), Q()
        for order, value in zip(self.orders, self.values, strict=True):
            behind |= same & order.behind(value)
            same &= order.same(value)
        return ordered.filter(behind, self.orders[0].not_before(self.values[0]))

    def after(self, row: Model) -> Place:
        return Place(self.orders, tuple(_written(getattr(row, order.column)) for order in self.orders))


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows of a list; ``following`` is where the next ones begin, None where there are none."""

    rows: list[M]
    following: Place | None = field(default=None)


def page_from(rows: QuerySet[M], place: Place, most: int) -> Page[M]:
    found = list(place.of(rows)[: most + 1])
    return Page(found[:most], place.after(found[most - 1]) if len(found) > most else None)


def marker_of(asked: Mapping[str, Sequence[str]], place: Place) -> str:
    """``asked`` are the parameters of the list."""
    return signing.dumps([dict(asked), place.values], salt=__name__, compress=True)


def read_marker(marker: str) -> tuple[Asked, tuple[str | None, ...]]:
    """What was asked, and the values of the last row that was told.

    Raises:
        Invalid: it is none of ours.
    """
    try:
        asked, values = signing.loads(marker, salt=__name__)
    except signing.BadSignature as error:
        message = "This is no marker of a list here. Send one that an answer gave, or none to begin."
        raise Invalid(message, place="marker") from error
    return asked, tuple(values)


def _written(value: Any) -> str | None:
    match value:
        case None:
            return None
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
    return str(value)
