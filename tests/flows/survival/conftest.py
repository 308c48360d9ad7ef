"""Workers in processes of their own, which are killed; and flows that are run by them."""

from __future__ import annotations

import multiprocessing
import os
import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db.models import Q

from apps.flows.models import Run
from tests.flows.survival.orders import Orders
from tests.flows.survival.provider import slow_provider
from tests.flows.survival.worker import FILES, FLOWS, run
from tests.search.conftest import index
from tests.transfer.conftest import make_place
from tests.transfer.survival.conftest import database
from tests.waiting import until

__all__ = ["database", "index", "make_place"]
SEED = os.environ.get("VITRINE_FLOW_SEED", "")
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.flows.survival.worker"])


@pytest.fixture
def chance():
    """Where all that is random comes from; what a failure shows of it repeats the moments, if not the machine's."""
    seed = int(SEED or random.SystemRandom().randrange(1 << 32))
    print(f"VITRINE_FLOW_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def alice(database, alice):
    """She makes collections, so she administers the portal."""
    alice.is_superuser = True
    alice.save(update_fields=["is_superuser"])
    return alice


@dataclass
class Workers:
    """Two for runs, one for files and entries."""

    database: dict[str, Any]
    processes: dict[Any, str] = field(default_factory=dict)
    deaths: int = 0

    def start(self, *kinds: str, dies: float = 0) -> None:
        for kind in kinds or (FLOWS, FLOWS, FILES):
            made = FORKS.Process(target=run, args=(self.database, kind, dies), daemon=True)
            made.start()
            self.processes[made] = kind

    def kill(self, process: Any) -> str:
        """As ``kill -9`` does; what kind it was."""
        process.kill()
        process.join()
        assert process.exitcode == -9, "a worker ended by itself"
        return self.processes.pop(process)

    def replace_dead(self, *, dies: float = 0) -> None:
        """Start again who is dead."""
        for process in [process for process in self.processes if not process.is_alive()]:
            self.deaths += 1
            self.start(self.kill(process), dies=dies)

    def stop(self) -> None:
        for process in list(self.processes):
            self.kill(process)


@pytest.fixture
def workers(database):
    workers = Workers(database)
    yield workers
    workers.stop()


@pytest.fixture
def elsewhere():
    with slow_provider() as server:
        yield server


@pytest.fixture
def orders(alice, make_place, tmp_path, index, elsewhere):
    places = {name: make_place(name) for name in ("source", "middle", "destination")}
    return Orders(alice, places, tmp_path, index, elsewhere.url)


@pytest.fixture
def all_end(workers):
    """Waits until these runs have ended, and this was told."""

    def all_end(runs, within_s):
        untold = Q(ended_at=None) | Q(news_at__isnull=False)
        waiting = Run.objects.filter(untold, pk__in=[run.pk for run in runs])

        def have_ended():
            workers.replace_dead()
            return not waiting.exists()

        until(have_ended, within_s=within_s)

    return all_end
