"""Ingest through the API until the documents can be found, against the bare writers, a slice of documents at a time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apps.search.types import EntryDraft
from tests.bench import corpus
from tests.bench.inside import OWNER
from tests.bench.measure import Pair, timed
from tests.bench.portal import Caller
from tests.bench.sides import Side

WAYS = ("GMetaList", "NDJSON")


@dataclass
class Journal:
    """What each slice took, by side, slice and writer; kept in a file, so that a run that was cut off goes on."""

    file: Path
    times: dict[tuple[str, int, str], float] = field(default_factory=dict)
    entries: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.file.exists():
            for line in self.file.read_text().splitlines():
                side, number, writer, entries, milliseconds = json.loads(line)
                self._keep(side, number, writer, entries, milliseconds)

    def once(self, side: str, number: int, writer: str, entries: int, work: Callable[[], object]) -> None:
        """Do the work and note how long it took, unless it was done before."""
        if (side, number, writer) in self.times:
            return
        milliseconds = timed(work)
        self._keep(side, number, writer, entries, milliseconds)
        with self.file.open("a") as file:
            file.write(json.dumps([side, number, writer, entries, round(milliseconds, 3)]) + "\n")

    def _keep(self, side: str, number: int, writer: str, entries: int, milliseconds: float) -> None:
        self.times[side, number, writer] = milliseconds
        self.entries[number] = entries


@dataclass(frozen=True)
class Load:
    """How much is loaded: slices of ``size`` entries until there are ``entries``, or the time is up.

    ``with_raw`` loads the entries as they are, too.
    """

    entries: int
    size: int
    minutes: float
    with_raw: bool = True

    def slices(self) -> Iterator[tuple[int, list[EntryDraft]]]:
        deadline = time.monotonic() + 60 * self.minutes
        for number, entries in enumerate(corpus.slices(self.entries, self.size)):
            if time.monotonic() > deadline:
                return
            yield number, entries


def load(side: Side, plan: Load, journal: Journal) -> None:
    """Write each slice by the API, by the bare writer, and so on in turns; the first way in is warmed up by nothing."""
    owner = side.portal.caller(OWNER)
    for number, entries in plan.slices():
        send = _through_api(owner, WAYS[number % 2], entries)
        journal.once(side.name, number, "API", len(entries), send)
        for writer in side.writers[: 1 + plan.with_raw]:
            ready = writer.ready(entries)
            journal.once(side.name, number, writer.name, len(entries), lambda: writer.write(ready))  # noqa: B023  # called at once


def _through_api(owner: Caller, way: str, entries: list[EntryDraft]) -> Callable[[], None]:
    if way == "NDJSON":
        stream = corpus.lines(entries)
        return lambda: owner.wait(owner.ingest(stream, is_stream=True))
    bodies = corpus.requests(entries)

    def send() -> None:
        tasks = [owner.ingest(body) for body in bodies]
        owner.wait(tasks[-1])  # Tasks of an index are done in their order ...
        for task in tasks[:-1]:
            owner.wait(task)  # ... and each must have succeeded.

    return send


def pairs(side: Side, journal: Journal) -> list[Pair]:
    """Milliseconds a thousand entries. The first slice is not counted: it makes the fields, and all is cold."""
    made = []
    for writer in side.writers:
        for place, way in enumerate(WAYS):
            numbers = [number for number in sorted(journal.entries) if number % 2 == place and number > 0]
            a = [_pace(journal, side.name, number, "API") for number in numbers]
            b = [_pace(journal, side.name, number, writer.name) for number in numbers]
            if numbers and None not in a + b:
                kind = "typed layout" if writer is side.writers[0] else "dynamic types"
                name = f"{way} v. bare writer, {kind}"
                made.append(Pair(f"Ingest, {side.name}", name, "API", "bare", tuple(a), tuple(b)))  # type: ignore[arg-type]  # no None is left
    return made


def _pace(journal: Journal, *key: Any) -> float | None:
    _, number, _ = key
    milliseconds = journal.times.get(key)
    return milliseconds and milliseconds * 1000 / journal.entries[number]
