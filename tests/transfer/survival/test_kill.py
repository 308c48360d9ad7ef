"""Whoever is killed when, at the end all is there, and what was there was not sent again."""

from __future__ import annotations

import hashlib
import os

import pytest

from tests.transfer.survival.conftest import FILES, LARGEST_MIB, Watcher, Way, done

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("VITRINE_TRANSFER_KILLS", "4"))
LONGEST_LIFE_S = {False: 2.0, True: 5.0}
"""Of a mover without helpers, and of one with them: they take a second to come."""
MIB = 1 << 20


def mixed_files(chance):
    """Most are small, some take a while, one is large; some are empty, and some names are hard."""
    sizes = [LARGEST_MIB * MIB, 0, 9 * MIB, 16 * MIB + 1]
    while len(sizes) < FILES:
        sizes.append(chance.randrange(chance.choice([100, 10_000, 70_000, 70_000, 70_000, MIB])))
    names = ["plain", "white space", "ümläut", "100%", "a+b&c=d"]
    return {
        f"{number % 7}/{number % 3}/{names[number % 5]} {number}": random_bytes(chance, size)
        for number, size in enumerate(sizes)
    }


def random_bytes(chance, size):
    """``randbytes`` takes no gigabyte at once."""
    return b"".join(chance.randbytes(min(MIB, size - start)) for start in range(0, size, MIB))


@pytest.fixture(params=["posix to s3", "s3 to posix"])
def way(request, alice, make_place, chance):
    origin, target = request.param.split(" to ")
    files = mixed_files(chance)
    sums = {name: hashlib.md5(data).hexdigest() for name, data in files.items()}
    return Way(alice, make_place(origin, "origin"), make_place(target, "target"), files, sums)


def killed_until(enough, way, task, movers, is_over, chance, sent):
    """Kill movers of a task until it is over, or there were enough kills; gives how many."""
    kills = 0
    while kills < enough and not is_over(task):
        is_helped = chance.random() < 0.5
        movers.start(is_helped=is_helped)
        movers.wait(chance.uniform(0, LONGEST_LIFE_S[is_helped]))
        movers.kill()
        kills += 1
        sent.look(task)
    return kills


class Sent:
    """What need not be sent any more after each kill: files that the ledger has, and pieces that arrived."""

    def __init__(self, movers):
        self.movers = movers
        self.snapshots = []

    def look(self, task):
        written = self.movers.written()
        pieces = {(path, number) for what, path, number in written if what == "done" and number >= 0}
        self.snapshots.append((len(written), {(path, -1) for path in done(task)} | pieces))

    def again(self):
        """What was sent although it need not have been."""
        written = self.movers.written()
        for begun, known in self.snapshots:
            files = {path for path, number in known if number < 0}
            for what, path, number in written[begun:]:
                if what == "begun" and ((path, number) in known or path in files):
                    yield path, number


def test_nothing_is_lost_or_torn_or_sent_twice(way, movers, chance, finish, is_over):
    kills, sent, tops = 0, Sent(movers), []
    with Watcher(way, chance) as watcher:
        while kills < KILLS:
            tops.append(f"copy-{len(tops)}")
            task = way.submit(tops[-1])
            kills += killed_until(KILLS - kills, way, task, movers, is_over, chance, sent)
            assert (finish(task), task.files_done) == ("SUCCEEDED", len(way.sizes))
            way.require_all(tops[-1])
            way.target.forget(tops[-1])

    assert list(sent.again()) == []
    assert watcher.complaints == []
    print(f"{kills} kills, {len(tops)} transfers, {watcher.looks} looks, {watcher.summed} sums")
