"""The search page's own time: what a request takes in this process, less what the engine takes within it.

Every middleware has its part in it, compression too. The engine's time is that of the call to OpenSearch, and of the
whole backend where the engine is in the process. Runs inside of a portal (``inside.py``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench.measure import percentiles, timed

PEOPLE = ("nobody", "caller100")
PAGES = {
    "first page": "",
    "words": "?q=soaked+ligand",
    "words, 2 filters": "?q=soaked+ligand&filter.project_metadata.protein=PDL1&filter.project_metadata.run_name=S8",
    "50 cards": "?limit=50",
    "table": "?view=table",
}
_MORE_FACETS = [
    {"path": "project_metadata.chip", "label": "Chip"},
    {"path": "project_metadata.beamline_input.energy", "label": "Energy", "unit": "keV", "kind": "number"},
    {"path": "dc.publicationYear", "label": "Published"},
]
"""With the sample's own there are ten."""


@dataclass(frozen=True, slots=True)
class PageTimes:
    """Milliseconds of each request, of them those of the engine, and how long the processor worked for the rest.

    ``queries`` are those to the database.
    """

    name: str
    who: str
    has_charts: bool
    whole: tuple[float, ...]
    engine: tuple[float, ...]
    busy: tuple[float, ...]
    queries: int
    bytes: int

    def summary(self) -> dict[str, Any]:
        own = [whole - engine for whole, engine in zip(self.whole, self.engine, strict=True)]
        return {
            "page": self.name,
            "who": self.who,
            "charts": self.has_charts,
            "runs": len(own),
            "own": percentiles(own),
            "busy": percentiles(self.busy),
            "engine": percentiles(self.engine),
            "whole": percentiles(self.whole),
            "queries": self.queries,
            "bytes": self.bytes,
        }


class Clock:
    """Adds up how long calls take, and how long this thread works in them."""

    def __init__(self) -> None:
        self.milliseconds = self.busy = 0.0

    def timing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed_call(*args: Any, **options: Any) -> Any:
            began, worked = time.perf_counter(), time.thread_time()
            try:
                return call(*args, **options)
            finally:
                self.milliseconds += (time.perf_counter() - began) * 1000
                self.busy += (time.thread_time() - worked) * 1000

        return timed_call


def measure(slug: str, runs: int, warm_ups: int, seconds: int) -> list[PageTimes]:
    """Ask for each page as each of the people, without charts and with them. Changes how the index presents itself."""
    from apps.search.models import Index
    from apps.web.sample import ssx

    clock, made = _clock_on_the_engine(), []
    shown: dict[str, Any] = {**ssx.PRESENTATION, "facets": [*ssx.PRESENTATION["facets"], *_MORE_FACETS]}  # type: ignore[misc]  # a list
    for charts in ([], shown["charts"]):
        Index.objects.filter(slug=slug).update(presentation={**shown, "charts": charts})
        for who, ask in _askers():
            for name, query in PAGES.items():
                address = f"/{slug}/{query}"
                for _ in range(warm_ups):
                    ask(address)
                times = list(_times(lambda: ask(address), clock, runs=runs, seconds=seconds))  # noqa: B023  # called before the loop goes on
                made.append(PageTimes(name, who, bool(charts), *zip(*times, strict=True), *_size(ask, address)))
    return made


def _clock_on_the_engine() -> Clock:
    from apps.search.backends import engine

    clock, backend = Clock(), engine()
    connection: Any = getattr(backend, "_connection", None)
    if connection is None:
        backend.search = clock.timing(backend.search)  # type: ignore[method-assign]  # the one engine of this process
    else:
        connection.ask = clock.timing(connection.ask)
    return clock


def _askers() -> Iterator[tuple[str, Callable[[str], Any]]]:
    from django.test import Client

    from apps.accounts.models import User

    for who in PEOPLE:
        client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT="text/html", HTTP_ACCEPT_ENCODING="gzip")
        if user := User.objects.filter(username=who).first():
            client.force_login(user)
        yield who, client.get


def _times(call: Callable[[], Any], clock: Clock, *, runs: int, seconds: float) -> Iterator[tuple[float, float, float]]:
    deadline = time.monotonic() + seconds
    for number in range(runs):
        clock.milliseconds, clock.busy, worked = 0.0, 0.0, time.thread_time()
        whole = timed(call)
        yield whole, clock.milliseconds, (time.thread_time() - worked) * 1000 - clock.busy
        if time.monotonic() > deadline and number >= 2:
            return


def _size(ask: Callable[[str], Any], address: str) -> tuple[int, int]:
    """How many queries to the database a page needs, and its bytes over the wire."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = ask(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(queries), len(answer.content)
