"""The search that one came from to a record: back to its results, and on to the records before and behind.

A hit's address carries the question and its place among the answers (``from``, ``at``). What of it cannot be read, or
is no longer so, takes the neighbours away and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from apps.search.forms import url
from apps.search.forms.limits import MAX_WINDOW
from apps.search.forms.url_state import UrlState
from apps.search.types import Page, Presentation, Record, Request
from apps.web import content, faults, links
from apps.web.context import Link
from apps.web.results import asking
from apps.web.results import page as search_page
from apps.web.values import count

FROM, AT = "from", "at"
LONGEST = 2000
"""Characters of a question that an address carries: it is encoded twice there, and proxies cut at 8,000."""


@dataclass(frozen=True, slots=True)
class Came:
    """``at`` counts from 1: among all answers, or behind the cursor of the question; 0 is not known."""

    state: UrlState
    at: int


@dataclass(frozen=True, slots=True)
class Trail:
    back_url: str
    place: str = ""
    previous: Link | None = None
    next: Link | None = None


def written(state: UrlState, number: int) -> str:
    """What the address of a page's hit carries; ``number`` counts from 1 on the page. No place if it is too long."""
    at = number if state.cursor else state.offset + number
    return _written(Came(state, at))


def read(parameters: Mapping[str, str]) -> Came | None:
    """Where one came from, if the address says so and it can be read."""
    told, at = parameters.get(FROM), parameters.get(AT, "")
    if told is None or len(told) > LONGEST:
        return None
    state, problems = url.examine(told)
    if faults.messages_of(problems):
        return None
    state = replace(search_page.readable(state), facets=())
    place = int(at) if at.isascii() and at.isdigit() and len(at) < 6 else 0
    most = search_page.MOST_RECORDS if state.cursor else MAX_WINDOW
    return Came(state, place if place <= most else 0)


def ask(came: Came, presentation: Presentation) -> Request | None:
    """The record's own place and those beside it, asked as the page of results asks; None where there is no place.

    Raises:
        Invalid: the question cannot be asked.
    """
    if not came.at:
        return None
    offset, end = 0, came.at + 1
    if not came.state.cursor:
        offset, end = max(came.at - 2, 0), min(end, MAX_WINDOW)
    asked = asking.question(replace(came.state, offset=offset, limit=end - offset), presentation)
    return replace(asked, fields=(presentation.title,) if presentation.title else ())


def build(came: Came, found: Page | None, *, slug: str, subject: str, presentation: Presentation) -> Trail:
    """``found`` is None where nothing was asked, or not answered."""
    back = came.state
    if came.at and not back.cursor:
        back = back.at_page((came.at - 1) // back.limit + 1)
    back_url = links.index_url(slug, back.query_string())
    records = found.records if found else ()
    here = next((place for place, record in enumerate(records) if record.subject == subject), None)
    if found is None or here is None:
        return Trail(back_url)

    def neighbour(step: int) -> Link | None:
        if not 0 <= here + step < len(records):
            return None
        return _link(records[here + step], Came(came.state, came.at + step), slug, presentation)

    place = "" if came.state.cursor else f"{count(came.at)} of {count(found.total)}"
    return Trail(back_url, place, neighbour(-1), neighbour(1))


def _link(record: Record, came: Came, slug: str, presentation: Presentation) -> Link:
    name = content.text(record, presentation.title) or record.subject
    return Link(name, f"{links.record_url(slug, record.subject)}?{_written(came)}")


def _written(came: Came) -> str:
    told = (came.state if came.state.cursor else came.state.at_page(1)).query_string()
    place = {FROM: told, AT: came.at} if len(told) <= LONGEST else {}
    return urlencode({**links.bypassing(sees_all=came.state.sees_all), **place})
