"""Whoever is killed when, each run ends as it would have, and each action was begun once."""

from __future__ import annotations

import os

import pytest

from apps.flows.models import Action, Run
from apps.search.models import Task as Ingest
from apps.transfer.models import Task as Transfer
from tests.flows.survival.account import Account, complaints

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("VITRINE_FLOW_KILLS", "12"))
RUNS = int(os.environ.get("VITRINE_FLOW_RUNS", "14"))
FIRST = 100
DIES = 0.05
LONGEST_LIFE_S = 1.0
WITHIN_S = 60 + 4 * RUNS


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
    calm = [begin(number) for number in range(len(begin.kinds))]
    all_end(calm, WITHIN_S)
    expected = {run.label: Account.of(Run.objects.get(pk=run.pk)) for run in calm}
    assert {account.status for account in expected.values()} == {"SUCCEEDED"}, expected

    runs, useful = kill_now_and_then(workers, chance, begin)
    all_end(runs, WITHIN_S)

    print(f"{KILLS} kills, {useful} while runs were under way, {workers.deaths} deaths besides; {RUNS} runs")
    ended = [Run.objects.get(pk=run.pk) for run in runs]
    assert [found for run in ended for found in complaints(run)] == []
    for run in ended:
        assert Account.of(run) == expected[run.label], run.label
    require_once(elsewhere)


def require_once(elsewhere):
    """Each action that the flows asked for is one at whoever does it."""
    asked = {name: Action.objects.filter(provider=name) for name in ("transfer/transfer", "transfer/delete", "")}
    remote = {action.request_id: action.memo["action_id"] for action in asked[""]}
    assert elsewhere.by_request == remote
    assert len(set(remote.values())) == len(remote) == len(elsewhere.begun)
    assert Transfer.objects.count() == len(asked["transfer/transfer"]) + len(asked["transfer/delete"])
    assert Ingest.objects.count() == Action.objects.filter(provider="search/ingest").count()
    ids = list(Action.objects.values_list("creator", "request_id"))
    assert len(set(ids)) == len(ids)
