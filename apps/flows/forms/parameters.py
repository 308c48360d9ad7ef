"""The parameters of a list, read one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from apps.common.errors import Invalid
from apps.common.markers import Asked, Order, Place, read_marker
from apps.common.parsing import number_in, uuid_in, words_in
from apps.flows.forms.document import fault_of

PER_PAGE, MOST_PER_PAGE = 20, 100
LONGEST_WORD, MOST_WORDS, MOST_IDS = 256, 20, 100
_LAST = Order("pk")
Span = tuple[datetime | None, datetime | None]


class Parameters:
    """A marker holds all that was asked: whatever else is told beside it is not heard."""

    def __init__(self, told: QueryDict) -> None:
        marker = told.get("marker") or told.get("pagination_token")
        self.asked: Asked = {name: list(map(str, values)) for name, values in told.lists()}
        self._values: tuple[str | None, ...] | None = None
        if marker:
            self.asked, self._values = read_marker(marker)

    def require_known(self, filters: Collection[str]) -> None:
        """A filter that is not known would be taken for heard, and pages are told apart by markers alone."""
        for name in self.asked:
            if name.startswith("filter_") and name not in filters:
                raise Invalid(f"There is no such filter. Choose among {', '.join(filters)}.", place=name[:100])
        if self.first("page") not in {"", "1"}:
            raise Invalid("Send the marker of the answer before it to get the next page.", place="page")

    def first(self, name: str) -> str:
        return next(iter(self.asked.get(name, ())), "")

    def list_of(self, name: str) -> list[str]:
        """What is told in one parameter between commas, or in several."""
        return words_in(",".join(self.asked.get(name, ())))

    def words(self, name: str) -> tuple[str, ...]:
        """Texts to look for, one in each parameter: a comma is one of their signs."""
        words = tuple(word for word in self.asked.get(name, ()) if word)
        if len(words) > MOST_WORDS:
            raise Invalid(f"Write it at most {MOST_WORDS} times.", place=name)
        for word in words:
            if fault := fault_of(word, LONGEST_WORD):
                raise Invalid(fault, place=name)
        return words

    def choices(self, name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """What the words stand for. They may have an s behind them, as some descriptions of the service write them."""
        words = [word if word in known else word.removesuffix("s") for word in self.list_of(name)]
        if not set(words) <= set(known):
            raise Invalid(f"Choose among {', '.join(known)}.", place=name)
        return tuple(known[word] for word in words)

    def ids(self, name: str) -> tuple[UUID, ...]:
        words = self.list_of(name)
        if len(words) > MOST_IDS:
            raise Invalid(f"Name at most {MOST_IDS}.", place=name)
        return tuple(uuid_in(word, name) for word in words)

    def span(self, name: str) -> Span:
        """``from,until``: either may be left out."""
        start, _, end = self.first(name).partition(",")
        return _moment(start, name), _moment(end, name)

    def place(self, known: Mapping[str, Order], otherwise: Place) -> Place:
        """Where the page begins, in the order that is asked for; of a column that is named twice the first counts."""
        orders: dict[str, Order] = {}
        for part in self.list_of("orderby"):
            order = _order(part, known)
            orders.setdefault(order.column, order)
        chosen = (*orders.values(), *(() if "pk" in orders else (_LAST,))) if orders else otherwise.orders
        return Place(chosen, self._values)

    @property
    def most(self) -> int:
        told = number_in(self.first("per_page"), "per_page", otherwise=PER_PAGE)
        if not 1 <= told <= MOST_PER_PAGE:
            raise Invalid(f"Write a number from 1 to {MOST_PER_PAGE}.", place="per_page")
        return told


def _order(part: str, known: Mapping[str, Order]) -> Order:
    name, _, way = part.partition(" ")
    way = way.strip().upper()
    if name not in known or way not in {"", "ASC", "DESC"}:
        raise Invalid(f"Order by one of {', '.join(known)}, with ASC or DESC.", place="orderby")
    return Order(known[name].column, way == "DESC", known[name].may_lack)


def _moment(word: str, place: str) -> datetime | None:
    if not word.strip():
        return None
    try:
        read = parse_datetime(word.strip()) or parse_date(word.strip())
    except ValueError:
        read = None
    if read is None:
        raise Invalid("Write times as 2027-01-31T12:00:00Z.", place=place)
    moment = read if isinstance(read, datetime) else datetime(read.year, read.month, read.day)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
