"""Lists of an API that are answered page by page: what is asked for in an address, and the marker that reads on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from apps.common.errors import Invalid
from apps.common.markers import Order, Place, marker_of, read_marker
from apps.common.parsing import number_in, words_in

MOST = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list as it is asked for. ``words`` are what each parameter names; a marker says them again."""

    name: str
    words: dict[str, list[str]]
    place: Place
    most: int

    def marker(self, following: Place | None) -> str | None:
        return marker_of({**self.words, "list": [self.name]}, following) if following else None


def listing(told: QueryDict, name: str, orders: Sequence[Order], *, words: Sequence[str] = ()) -> Listing:
    """
    Raises:
        Invalid: the marker is none of this list, the limit is none, or it has no such parameter: what is left out
            unheard would tell more than was asked for.
    """
    for unknown in told.keys() - {*words, "limit", "marker"}:
        raise Invalid(f"There is no such parameter. Known are {', '.join((*words, 'limit', 'marker'))}.", place=unknown)
    asked, place = {one: words_in(told.get(one, "")) for one in words}, Place(tuple(orders))
    if marker := told.get("marker"):
        asked, values = read_marker(marker)
        if asked.pop("list", []) != [name]:
            raise Invalid("This is a marker of another list. Send one that an answer of this one gave.", place="marker")
        place = Place(tuple(orders), values)
    most = number_in(told.get("limit"), "limit", otherwise=25)
    if not 1 <= most <= MOST:
        raise Invalid(f"Ask for 1 to {MOST}.", place="limit")
    return Listing(name, asked, place, most)
