"""Whoever is killed when, each run ends as it would have, and each action was begun once."""

from __future__ import annotations

import os

import pytest

from apps.flows import services as flows
from apps.flows.models import Run
from tests.flows.survival.account import Account, complaints, kind_of, require_once

pytestmark = pytest.mark.slow
OWN = ("counting", "forking", "spreading", "gathering", "trying")
KINDS = (*OWN, "move", "two_stage_transfer", "transfer_and_publish")
KILLS = int(os.environ.get("VITRINE_FLOW_KILLS", "12"))
RUNS = int(os.environ.get("VITRINE_FLOW_RUNS", "16"))
FIRST = 100
DIES = 0.05
LONGEST_LIFE_S = 1.0
WITHIN_S = 120 + 10 * RUNS


@pytest.fixture
def begin(orders, alice):
    """Starts the run of a number."""

    def begin(number):
        order = orders(number, KINDS)
        told = flows.RunChanges(label=order.label)
        return flows.start_run(flow=order.flow, actor=alice, input=order.input, told=told)

    return begin


def kill_now_and_then(workers, chance, begin):
    """Start runs one after the other, and all the while kill workers at random moments, and start them again.

    Gives the runs, and how many of the kills came while some were under way.
    """
    runs, useful = [], 0
    for number in range(KILLS):
        while len(runs) < RUNS * (number + 1) / KILLS:
            runs.append(begin(FIRST + len(runs)))
        workers.replace_dead(dies=DIES)
        victim = chance.choice(list(workers.processes))
        victim.join(timeout=chance.uniform(0, LONGEST_LIFE_S))
        useful += Run.objects.filter(pk__in=[run.pk for run in runs], ended_at=None).exists()
        workers.start(workers.kill(victim), dies=DIES)
    return runs, useful


def test_each_run_ends_as_it_would_have(workers, begin, all_end, chance, elsewhere):
    workers.start()
    calm = [begin(number) for number in range(len(KINDS))]
    all_end(calm, WITHIN_S)
    expected = {kind_of(run): Account.of(Run.objects.get(pk=run.pk)) for run in calm}
    assert {account.status for account in expected.values()} == {"SUCCEEDED"}, expected

    runs, useful = kill_now_and_then(workers, chance, begin)
    all_end(runs, WITHIN_S)

    print(f"{KILLS} kills, {useful} while runs were under way, {workers.deaths} deaths besides; {RUNS} runs")
    ended = [Run.objects.get(pk=run.pk) for run in runs]
    assert [found for run in ended for found in complaints(run)] == []
    for run in ended:
        assert Account.of(run) == expected[kind_of(run)], run.label
    require_once(elsewhere)
