"""Many processes write files, and watchers are killed: each file starts something once, and never half of one."""

import json
import multiprocessing
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack

import pytest

from apps.triggers.models import Firing, SeenFile
from tests.transfer.survival.conftest import database
from tests.triggers import unruly_writer
from tests.triggers.watching_process import watch
from tests.waiting import until

__all__ = ["database"]
FILES = int(os.environ.get("VITRINE_TRIGGER_FILES", "800"))
WRITERS = int(os.environ.get("VITRINE_TRIGGER_WRITERS", "3"))
WITHIN_S = 60 + FILES / 10
SETTLE_S, DEATHS = 1, 3
FORKS = multiprocessing.get_context("forkserver")


@pytest.fixture
def alice(database, alice):
    return alice


@pytest.fixture
def writers(raw, tmp_path):
    """Processes that write so many files in all, and tell of each that they finished."""
    beside = tmp_path / "beside"
    beside.mkdir()
    places = [str(raw), str(beside), str(tmp_path / "finished")]
    with ExitStack() as stack:
        commands = [
            [sys.executable, unruly_writer.__file__, str(seed), str(FILES // WRITERS), *places]
            for seed in range(WRITERS)
        ]
        several = [stack.enter_context(subprocess.Popen(command)) for command in commands]
        for one in several:
            stack.callback(one.kill)
        yield several


class Watchers:
    """One at a time; another comes when it was killed."""

    def __init__(self, *told):
        self.told, self.deaths = told, 0
        self.start()

    def start(self):
        self.process = FORKS.Process(target=watch, args=self.told, daemon=True)
        self.process.start()

    def kill(self):
        self.process.kill()
        self.process.join()
        assert self.process.exitcode == -9, "the watcher ended by itself"

    def replace(self):
        self.kill()
        self.deaths += 1
        self.start()


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("batch", [{"count": 1}, {"count": 16, "quiet_s": 2}], ids=["one by one", "in batches"])
def test_each_file_that_has_settled_is_in_one_firing_and_whole(batch, database, make_trigger, writers, root, tmp_path):
    trigger = make_trigger(pattern="**/*.dat", settle_s=SETTLE_S, batch=batch)
    watchers, moments = Watchers(database, root, tmp_path / "fired"), random.Random(FILES)

    while watchers.deaths < DEATHS or any(one.poll() is None for one in writers):
        watchers.process.join(timeout=moments.uniform(1, 4))
        watchers.replace()
    finished = {f"/raw/{name}": told for name, *told in lines(tmp_path / "finished")}
    until(lambda: is_over(trigger, finished), within_s=WITHIN_S)
    watchers.kill()

    fired = [file for firing in Firing.objects.order_by("pk").iterator() for file in firing.facts["files"]]
    times = Counter(file["path"] for file in fired)
    assert {path: times[path] for path in finished} == dict.fromkeys(finished, 1)
    assert set(times.values()) == {1}
    assert {file["path"]: file["size"] for file in fired if file["path"] in finished} == {
        path: size for path, (size, _) in finished.items()
    }
    seen = {path: told for path, told in lines(tmp_path / "fired") if path in finished}
    assert seen == {path: finished[path] for path in seen}
    assert len(seen) > len(finished) / 2


def is_over(trigger, finished):
    taken = set(trigger.files.filter(state=SeenFile.State.TAKEN).values_list("path", flat=True))
    return set(finished) <= taken
