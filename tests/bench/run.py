"""One run, from empty folders to the report."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import loading, machine, report, searching, sides
from tests.bench.inside import Asked
from tests.bench.measure import Pace, Pair
from tests.bench.services import Services
from tests.bench.sides import Side

SLICES = 10


@dataclass(frozen=True)
class Plan:
    """What is measured, and the limits of it."""

    entries: int
    sides: tuple[str, ...] = ("embedded", "OpenSearch")
    runs: int = 40
    warm_ups: int = 6
    seconds: float = 15
    minutes: float = 60
    heap: str = "1g"
    with_raw: bool = True

    @property
    def load(self) -> loading.Load:
        size = min(10_000, max(self.entries // SLICES, 1))
        return loading.Load(self.entries, size, self.minutes, self.with_raw)

    @property
    def pace(self) -> Pace:
        return Pace(self.runs, self.warm_ups, self.seconds)


class Run:
    """What was found so far."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder = plan, folder
        self.journal = loading.Journal(folder / "journal.jsonl")
        self.pairs: list[Pair] = []
        self.asked: dict[str, Asked] = {}
        self.memory: dict[str, str] = {}
        self.size: dict[str, str] = {}
        self.pages: dict[str, list[dict[str, Any]]] = {}
        self.who: dict[str, list[dict[str, Any]]] = {}
        self.began, self.machine = time.monotonic(), machine.describe()

    def side(self, side: Side, *, engine_pids: list[int]) -> None:
        """Load one side, and ask it everything."""
        with side.portal:
            say(f"{side.name}: loading {self.plan.entries:,} entries")
            loading.load(side, self.plan.load, self.journal)
            self.pairs += loading.pairs(side, self.journal)
            asked = self.asked[side.name] = side.portal.asked()
            self._note_sizes(side, asked)
            say(f"{side.name}: searching")
            searching.warm_up(
                searching.engine_alone(side, asked, "faceted", searching.USUAL), seconds=self.plan.seconds
            )
            self.pairs += searching.pairs(side, asked, self.plan.pace)
            say(f"{side.name}: pages")
            pace = self.plan.pace
            times = side.portal.pages(runs=pace.runs, warm_ups=pace.warm_ups, seconds=pace.seconds / 4)
            self.pages[side.name] = [page.summary() for page in times]
            self.who[side.name] = [
                one.summary() for one in side.portal.who(runs=25 * pace.runs, warm_ups=pace.warm_ups)
            ]
            self._note_memory(side, engine_pids)

    def between(self, embedded: Side, other: Side) -> None:
        """One engine against the other, if the time was enough to load both whole."""
        loaded = [{key for key in self.journal.times if key[::2] == (side.name, "API")} for side in (embedded, other)]
        if len(loaded[0]) != len(loaded[1]):
            say("not both engines were loaded whole in time (--minutes): they are not compared")
            return
        say("both engines")
        self.pairs += searching.between(embedded, other, self.asked, self.plan.pace)

    def write(self, out: Path) -> list[Path]:
        """Write the report of what was measured so far; gives the paths of its files."""
        outcome = {
            "entries asked for": self.plan.entries,
            "entries": sum(self.journal.entries.values()),
            "machine": self.machine,
            "minutes": (time.monotonic() - self.began) / 60,
            "memory": self.memory,
            "pages": self.pages,
            "size": self.size,
            "who": self.who,
        }
        return report.write(out, outcome, self.pairs)

    def _note_sizes(self, side: Side, asked: Asked) -> None:
        """Both typed sides hold the same documents, or their times cannot be compared."""
        documents, size = side.size(asked.store)
        self.size[f"{side.name}, the portal's"] = _bytes(documents, size)
        for writer in side.writers[: 1 + self.plan.with_raw]:
            count, size = writer.size()
            refused = f"; {writer.refused:,} refused by the engine" if writer.refused else ""
            self.size[f"{side.name}, bare, {writer.name}"] = _bytes(count, size) + refused
            if writer is side.writers[0] and count != documents:
                raise searching.Unequal(f"{side.name}: the portal holds {documents} documents, the bare index {count}")

    def _note_memory(self, side: Side, engine_pids: list[int]) -> None:
        mine = side.portal.pids()
        self.memory[f"{side.name}, all processes of the portal"] = _memory(mine)
        if engine_pids:
            self.memory[f"{side.name}, the node and the database"] = _memory(engine_pids)
        else:
            self.memory[f"{side.name}, the process that measures and holds the bare engine"] = _memory([os.getpid()])


def run(plan: Plan, *, folder: Path, out: Path) -> list[Path]:
    """Measure, and write the report to ``out``; gives the paths of its files. All data lies in ``folder``."""
    done = Run(plan, folder)
    with ExitStack() as stack:
        embedded = sides.embedded(folder)
        if embedded.name in plan.sides:
            done.side(embedded, engine_pids=[])
            files = done.write(out)
        if "OpenSearch" in plan.sides:
            services = stack.enter_context(Services(folder, plan.heap))
            other = sides.grown_up(folder, services)
            pids = [services.node_pid, *machine.family(services.database_pid)]
            done.side(other, engine_pids=pids)
            files = done.write(out)
            if embedded.name in plan.sides:
                done.between(embedded, other)
                files = done.write(out)
    return files


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


def _bytes(documents: int, size: int) -> str:
    return f"{documents:,} documents, {size / 1e6:,.1f} MB"


def _memory(pids: list[int]) -> str:
    return f"{machine.memory_mib(pids):,.0f} (peak {machine.peak_mib(pids):,.0f})"
