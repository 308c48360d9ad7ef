"""Workers of timers that are killed, and random timers of Alice's."""

from __future__ import annotations

import multiprocessing
import os
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from apps.timers import services as timers
from apps.timers.models import Timer
from apps.timers.types import Cron, Every, Missed, Once, Overlap, Schedule
from tests.flows.conftest import HELLO, make_flow
from tests.timers.survival.worker import Clock, run
from tests.transfer.conftest import make_place
from tests.transfer.survival.conftest import database

__all__ = ["database", "make_flow", "make_place"]
SEED = os.environ.get("VITRINE_TIMER_SEED", "")
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
SECONDS = (12 * 3600 + 7, 86400, 100_003, 3 * 86400, 7 * 86400)
FIELDS = (("0", "30", "15,45"), ("2", "1,2", "14", "*/12"), ("* * *", "* * 1-5", "1,15 * *", "* 3,10,11 *"))
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.timers.survival.worker"])


@pytest.fixture
def chance():
    """Where all that is random of the test comes from, if not of its workers."""
    seed = int(SEED or random.SystemRandom().randrange(1 << 32))
    print(f"VITRINE_TIMER_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def alice(database, alice):
    """She makes collections, so she administers the portal."""
    alice.is_superuser = True
    alice.save(update_fields=["is_superuser"])
    return alice


@pytest.fixture
def clock():
    clock = Clock(FORKS.RawValue("d"))
    clock.show(BEGIN - timedelta(days=1))
    return clock


@dataclass
class Workers:
    """Ten where the database lets several write at once."""

    database: dict[str, Any]
    clock: Clock
    chance: random.Random
    processes: list[Any] = field(default_factory=list)
    deaths: int = 0

    def fill(self) -> None:
        """As many as there are to be; who is dead is replaced."""
        for process in [one for one in self.processes if not one.is_alive()]:
            assert process.exitcode == -9, "a worker ended by itself"
            self.processes.remove(process)
            self.deaths += 1
        while len(self.processes) < (3 if connection.vendor == "sqlite" else 10):
            writes = self.chance.randrange(20, 2_000)
            made = FORKS.Process(target=run, args=(self.database, self.clock, writes), daemon=True)
            made.start()
            self.processes.append(made)

    def kill_one(self) -> None:
        """As ``kill -9`` does, at a moment of its own."""
        victim = self.chance.choice(self.processes)
        victim.join(timeout=self.chance.uniform(0, 0.2))
        victim.kill()
        victim.join()


@pytest.fixture
def workers(database, clock, chance):
    workers = Workers(database, clock, chance)
    yield workers
    for process in workers.processes:
        process.kill()
        process.join()


@pytest.fixture
def make_timers(alice, make_flow, make_place, chance):
    """So many, each of another schedule; every fourth transfers files, the others start a flow."""
    ends = {f"{end}_endpoint": str(make_place(end).pk) for end in ("source", "destination")}
    items = [{"DATA_TYPE": "transfer_item", "source_path": "/a", "destination_path": "/b"}]
    transfer = {"kind": Timer.Kind.TRANSFER, "body": {"DATA_TYPE": "transfer", **ends, "DATA": items}}
    flow = {"kind": Timer.Kind.FLOW, "body": {"body": {"word": "hi"}}, "flow_id": make_flow({"Say": HELLO}).pk}

    def make(number):
        told = timers.NewTimer(
            **(flow if number % 4 else transfer),
            schedule=schedule_of(chance, number),
            missed=chance.choice(list(Missed)),
            overlap=Overlap.LET,
        )
        return timers.create_timer(actor=alice, told=told, now=BEGIN)

    return lambda count: [make(number) for number in range(count)]


def schedule_of(chance: random.Random, number: int) -> Schedule:
    start = BEGIN + timedelta(seconds=chance.randrange(60 * 86400))
    rhythm = (
        Once(start)
        if number % 10 == 0
        else Every(chance.choice(SECONDS), start)
        if number % 2
        else _cron(chance, start)
    )
    most = chance.choice([None, None, chance.randrange(1, 100)]) if not isinstance(rhythm, Once) else None
    until = None if most or chance.random() < 0.7 else start + timedelta(days=chance.randrange(100, 300))
    return Schedule(rhythm, most, until, chance.choice([0, 0, 900, 86400]))


def _cron(chance: random.Random, start: datetime) -> Cron:
    return Cron(" ".join(map(chance.choice, FIELDS)), chance.choice(ZONES), start)
