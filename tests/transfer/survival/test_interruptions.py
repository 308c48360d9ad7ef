"""Pauses, cancels, several movers at once, a storage that goes away, a full disk: always with real processes."""

from __future__ import annotations

import hashlib

import pytest
from django.utils import timezone

from apps.transfer import services as transfer
from apps.transfer.models import File, Task
from tests.survival.gate import Gate
from tests.transfer.survival.conftest import Watcher, Way
from tests.waiting import until

pytestmark = pytest.mark.slow
MIB = 1 << 20
BOTH = pytest.mark.parametrize("kinds", ["posix to s3", "s3 to posix"])


@pytest.fixture
def make_way(alice, make_place, chance):
    """Some small files and a few large ones, between two places."""

    def make(kinds, *, larges=2, smalls=40, url=""):
        origin, target = kinds.split(" to ")
        files = {f"large {n}": chance.randbytes(40 * MIB) for n in range(larges)}
        files |= {f"deep/{n % 3}/small {n}": chance.randbytes(chance.randrange(20_000)) for n in range(smalls)}
        sums = {name: hashlib.md5(data).hexdigest() for name, data in files.items()}
        return Way(alice, make_place(origin, "origin"), make_place(target, "target", url), files, sums)

    return make


def pieces(movers):
    return [(path, number) for what, path, number in movers.written() if what == "done" and number >= 0]


def now_due(task):
    """As if the time had come for which the task and its files wait."""
    Task.objects.filter(pk=task.pk).update(due_at=None)
    File.objects.filter(task=task).update(due_at=None)


@BOTH
def test_a_paused_task_goes_on_with_the_pieces_that_it_has(make_way, movers, finish, is_over, kinds):
    way = make_way(kinds, larges=10)
    task = way.submit("copy")
    movers.start()
    until(lambda: pieces(movers))

    transfer.pause_task(task)
    until(lambda: not is_over(task) and task.status == "INACTIVE")
    assert 0 < len(pieces(movers)) < 30
    transfer.resume_task(task)

    assert finish(task) == "SUCCEEDED"
    way.require_all("copy")
    assert len(pieces(movers)) == len(set(pieces(movers))) == 30


@BOTH
def test_a_canceled_task_leaves_nothing_that_was_begun(make_way, movers, finish, kinds):
    way = make_way(kinds, larges=6, smalls=0)
    task = way.submit("copy")
    movers.start()
    until(lambda: pieces(movers))

    transfer.cancel_task(task)

    assert (finish(task), task.fatal_code) == ("FAILED", "CANCELED")
    assert way.target.leftovers() == []


@BOTH
def test_a_task_that_is_canceled_while_its_mover_dies_leaves_nothing_either(make_way, movers, finish, kinds):
    way = make_way(kinds, larges=6, smalls=0)
    task = way.submit("copy")
    movers.start()
    until(lambda: pieces(movers))

    movers.kill()
    transfer.cancel_task(task)

    assert (finish(task), task.fatal_code) == ("FAILED", "CANCELED")
    assert way.target.leftovers() == []


@BOTH
def test_of_several_movers_one_sends_each_file(make_way, movers, finish, kinds):
    way = make_way(kinds)
    tasks = [way.submit(top) for top in ("one", "two")]
    for _ in range(3):
        movers.start()

    until(lambda: not Task.objects.unfinished().exists(), within_s=120)

    assert [finish(task) for task in tasks] == ["SUCCEEDED"] * 2
    sent = [(path, number) for what, path, number in movers.written() if what == "done"]
    assert len(sent) == len(set(sent)) == 2 * (40 + 6)


def test_a_storage_may_go_away_for_a_while(make_way, movers, chance, s3_url, finish):
    gate = Gate(s3_url)
    way = make_way("posix to s3", url=gate.url)
    task = way.submit("copy")
    movers.start()
    until(lambda: pieces(movers))

    gate.close()
    until(lambda: Task.objects.filter(pk=task.pk, trouble="ENDPOINT_ERROR").exists(), within_s=120)
    gate.open()
    until(lambda: now_due(task) or Task.objects.filter(pk=task.pk, status="SUCCEEDED").exists(), within_s=120)

    assert finish(task) == "SUCCEEDED"
    way.require_all("copy")


@pytest.mark.parametrize("fails", [False, True])
def test_a_full_disk_is_waited_for_unless_it_is_to_fail(make_way, movers, finish, chance, fails):
    way = make_way("s3 to posix")
    task = way.submit("copy", fail_on_quota_errors=fails)
    movers.start(largest_file=30 * MIB)

    with Watcher(way, chance) as watcher:
        if fails:
            assert (finish(task), task.fatal_code) == ("FAILED", "QUOTA_EXCEEDED")
        else:
            waits = {"trouble": "QUOTA_EXCEEDED", "due_at__gt": timezone.now()}
            until(lambda: Task.objects.filter(pk=task.pk, **waits).exists(), within_s=60)
            movers.kill()
            now_due(task)
            assert finish(task) == "SUCCEEDED"
            way.require_all("copy")

    assert (watcher.complaints, way.target.leftovers()) == ([], [])
