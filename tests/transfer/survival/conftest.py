"""Movers in processes of their own, which are killed; and whoever looks at the destination all the while."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from apps.storage import services as storage
from apps.transfer import services as transfer
from apps.transfer.models import File, Task
from apps.transfer.types import Options, Submission
from tests.storage.servers.s3 import juicefs
from tests.transfer.conftest import wish
from tests.transfer.survival.places import BucketPlace, FolderPlace, Place
from tests.transfer.survival.worker import run
from tests.waiting import until

FILES = int(os.environ.get("VITRINE_TRANSFER_FILES", "120"))
LARGEST_MIB = int(os.environ.get("VITRINE_TRANSFER_LARGEST_MIB", "40"))
SEED = os.environ.get("VITRINE_TRANSFER_SEED", "")


@pytest.fixture
def chance():
    """Where all that is random comes from; what a failure shows of it repeats the run."""
    seed = int(SEED or random.SystemRandom().randrange(1 << 32))
    print(f"VITRINE_TRANSFER_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def database(transactional_db, tmp_path):
    """What others connect to. SQLite keeps that of tests in the memory of this process, so it gets a file instead."""
    usual = connections["default"]
    told = {name: usual.settings_dict[name] for name in ("ENGINE", "NAME")}
    if usual.vendor != "sqlite":
        yield told
        return
    told["NAME"] = str(tmp_path / "database")
    usual.cursor().execute("VACUUM INTO %s", [told["NAME"]])
    connections["default"] = usual.copy()
    connections["default"].settings_dict.update(told)
    yield told
    connections["default"].close()
    connections["default"] = usual


@pytest.fixture
def alice(database, alice):
    return alice


@pytest.fixture(scope="session")
def s3_url(tmp_path_factory):
    with juicefs(tmp_path_factory.mktemp("s3")) as settings:
        yield settings["endpoint_url"]


@pytest.fixture
def make_place(tmp_path, request):
    """Makes a folder or a bucket, empty and of its own."""

    def make(kind: str, name: str, url: str = "") -> Place:
        if kind == "posix":
            return FolderPlace(tmp_path / name)
        bucket = f"{name}-{random.SystemRandom().randrange(1 << 40)}"
        return BucketPlace(url or request.getfixturevalue("s3_url"), bucket)

    return make


@dataclass
class Movers:
    """Processes that serve tasks, and the notebook in which they say what they write."""

    database: dict[str, Any]
    notes: Path
    processes: list[Any] = field(default_factory=list)

    def start(self, *, largest_file: int = 0, is_helped: bool = False) -> None:
        made = FORKS.Process(target=run, args=(self.database, self.notes, largest_file, is_helped), daemon=True)
        made.start()
        self.processes.append(made)

    def kill(self) -> None:
        """As ``kill -9`` does. What the dead held is let go of at once, as if their lease had run out."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.join()
            assert process.exitcode == -9, "a mover died by itself"
        self.processes.clear()
        Task.objects.exclude(lease="").update(lease_until=timezone.now())

    def wait(self, seconds: float) -> None:
        self.processes[0].join(seconds)

    def written(self) -> list[tuple[str, str, int]]:
        """Whether it began or was done, the path, and the number of the piece, -1 for a file at once."""
        return [tuple(json.loads(line)) for line in self.notes.read_text().splitlines()] if self.notes.exists() else []


FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.transfer.survival.worker"])


@pytest.fixture
def movers(database, tmp_path):
    movers = Movers(database, tmp_path / "notes")
    yield movers
    for process in movers.processes:
        process.kill()
        process.join()


@dataclass
class Way:
    """From one place to another, with files in the first; ``sums`` and ``sizes`` are theirs, by name."""

    alice: Any
    origin: Place
    target: Place
    files: dict[str, bytes]
    sums: dict[str, str]

    def __post_init__(self) -> None:
        self.origin.put({f"run/{name}": data for name, data in self.files.items()})
        self.sizes = {name: len(data) for name, data in self.files.items()}
        self.files.clear()
        self.source, self.destination = (self._collection(place) for place in (self.origin, self.target))

    def _collection(self, place: Place) -> Any:
        told = {"settings": place.settings, "credentials": place.credentials}
        return storage.create_collection(actor=self.alice, name=place.kind, kind=place.kind, **told)

    def submit(self, top: str, **options: Any) -> Task:
        asked = Submission([wish("/run", f"/{top}")], Options(**options))
        ends = {"source": self.source, "destination": self.destination}
        return transfer.submit_transfer(actor=self.alice, asked=asked, **ends)[0]

    def require_all(self, top: str) -> None:
        """All is there, as it was sent, and nothing else that was begun."""
        assert dict(self.target.seen()) == {f"{top}/{name}": size for name, size in self.sizes.items()}
        assert {name: self.target.checksum(f"{top}/{name}") for name in self.sizes} == self.sums
        assert self.target.leftovers() == []


class Watcher(threading.Thread):
    """Lists the destination again and again: what is seen there is whole. ``complaints`` are what was not."""

    SAMPLE = 20

    def __init__(self, way: Way, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self.way, self.chance = way, random.Random(chance.random())
        self.complaints: list[str] = []
        self.looks = self.summed = 0
        self._ends = threading.Event()
        self._known: set[str] = set()

    def __enter__(self) -> Watcher:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self.join()

    def run(self) -> None:
        while not self._ends.wait(0.01):
            try:
                self._look()
            except Exception as error:
                self.complaints.append(f"could not look: {error!r}")
            self.looks += 1

    def _look(self) -> None:
        fresh = []
        for name, size in self.way.target.seen():
            inner = name.split("/", 1)[1]
            if size != self.way.sizes[inner]:
                self.complaints.append(f"{name} was seen with {size} bytes")
            if name not in self._known:
                fresh.append(name)
        for name in self.chance.sample(fresh, min(self.SAMPLE, len(fresh))):
            told = self.way.target.checksum(name)
            if told not in {None, self.way.sums[name.split("/", 1)[1]]}:
                self.complaints.append(f"{name} was seen with other bytes")
            self._known.add(name)
            self.summed += 1


@pytest.fixture
def is_over() -> Callable[[Task], bool]:
    def is_over(task: Task) -> bool:
        task.refresh_from_db()
        return task.is_over

    return is_over


@pytest.fixture
def finish(movers, is_over):
    """Let a mover bring a task to its end; gives its status."""

    def finish(task: Task) -> str:
        if not movers.processes:
            movers.start()
        until(lambda: is_over(task), within_s=600)
        movers.kill()
        return str(task.status)

    return finish


def done(task: Task) -> set[str]:
    """What the ledger says was sent."""
    sent = task.ledger.filter(action=File.Action.COPY, state=File.State.DONE)
    return set(sent.values_list("destination_key", flat=True))
