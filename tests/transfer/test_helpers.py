"""Processes that send small files for a mover: they work for its tasks, may be killed, and end with it."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import pytest

from apps.storage import services as storage
from apps.storage.backends.posix import PosixStorage
from apps.transfer.models import File, Task
from apps.transfer.mover import crowd, helpers
from apps.transfer.mover.faults import Fault
from apps.transfer.mover.work import Stopped, Work
from apps.transfer.types import Options
from tests.transfer.conftest import fill, mover_running, tree
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
MIB = 1 << 20


@pytest.fixture
def staff(settings, monkeypatch):
    """Two helpers, ready for the next task that has a few files."""
    settings.TRANSFER_PROCESSES = 2
    monkeypatch.setattr(crowd, "MANY", 3)
    monkeypatch.setattr(helpers, "_staff", staff := helpers._Staff())
    until(staff.ready, within_s=60)
    yield staff
    for one in staff._all:
        with suppress(ProcessLookupError):
            os.kill(one.pid, signal.SIGKILL)
    until(lambda: all(one.is_dead for one in staff._all))


@pytest.fixture
def crew(staff, alice, source, destination):
    ends = {"source": source, "destination": destination}
    opened = {name: storage.open_with(end, storage.rights_of(alice, end)) for name, end in ends.items()}
    crew = helpers.helpers_for(Work(**opened, options=Options()), 4, SimpleQueue())
    yield crew
    crew.close()


def line(name):
    return File(pk=1, action="copy", source_key=f"/{name}", destination_key=f"/{name}", size=1)


def outcome(crew, name):
    crew.take([line(name)])
    return crew.landed.get(timeout=30).errors[0]


def refuse(*_, **__):
    raise AssertionError("the mover itself wrote a small file")


@pytest.mark.usefixtures("staff")
def test_small_files_are_sent_by_helpers_and_large_ones_by_the_mover(submit, moved, here, there, monkeypatch):
    fill(here, run__large=9 * MIB, **{f"run__{n % 3}__{n}": n * 100 for n in range(100)})
    monkeypatch.setattr(PosixStorage, "write", refuse)

    task = moved(submit())

    assert (task.status, task.files_done, task.bytes_sent) == ("SUCCEEDED", 101, task.bytes_known)
    assert tree(there) == tree(here)


def test_helpers_that_are_killed_cost_nothing_but_time(submit, staff, here, there):
    fill(here, **{f"run__{n % 5}__{n}": n % 1000 for n in range(3000)})
    pids = [one.pid for one in staff._all]

    with mover_running():
        task = submit()
        until(lambda: Task.objects.filter(pk=task.pk, files_done__gt=0).exists(), within_s=60)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        until(lambda: not Task.objects.unfinished().exists(), within_s=60)

    task.refresh_from_db()
    assert (task.status, task.files_done, tree(there)) == ("SUCCEEDED", 3000, tree(here))


def test_rights_that_were_taken_away_are_not_used_by_helpers(crew, here, there):
    fill(here, a=1, b=1)
    assert outcome(crew, "a") is None

    rights = crew.work.destination.rights
    crew.work.destination.rights = replace(rights, is_read_only=True)
    refused = outcome(crew, "b")

    assert isinstance(refused, Fault)
    assert (refused.code, refused.of_source, list(tree(there))) == ("PERMISSION_DENIED", False, ["a"])


def test_helpers_that_are_bidden_to_stop_send_nothing_more(crew, here, there):
    fill(here, a=1)

    crew.stop()

    assert isinstance(outcome(crew, "a"), Stopped)
    assert tree(there) == {}


def test_what_helpers_cannot_do_is_told_as_they_found_it(crew):
    fault = outcome(crew, "missing")

    assert (fault.code, fault.of_source) == ("FILE_NOT_FOUND", True)


MOVER = """
import sys, django; django.setup()
from django.conf import settings
from apps.transfer.mover import helpers
settings.TRANSFER_PROCESSES = 2
staff = helpers._staff
while not staff.ready(): pass
print(*(one.pid for one in staff._all), flush=True)
sys.stdin.read()
"""


def test_helpers_end_with_a_mover_that_is_killed(settings):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", MOVER], cwd=settings.BASE_DIR, **pipes) as mover:
        pids = mover.stdout.readline().split()
        mover.kill()

    assert len(pids) == 2
    until(lambda: not any(Path(f"/proc/{int(pid)}/fd/0").exists() for pid in pids))
