"""The portal as ``manage.py serve`` runs it: its processes are killed at random moments while runs are under way."""

from __future__ import annotations

import itertools
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone

from apps.accounts import services as accounts
from apps.flows.models import Run, WebInput
from tests.flows.survival.account import Account, Effects, complaints, kind_of, require_once
from tests.flows.survival.client import Client
from tests.test_running import Portal, free_port
from tests.waiting import until

pytestmark = pytest.mark.slow
PIPELINES = ("serial_crystallography", "cryo_em_session")
TRANSFERS = ("move", "two_stage_transfer", "transfer_and_share", "transfer_and_delete", "transfer_and_publish")
KINDS = ("counting", "forking", *PIPELINES, *TRANSFERS)
KILLS = int(os.environ.get("VITRINE_FLOW_KILLS", "6"))
RUNS = int(os.environ.get("VITRINE_FLOW_RUNS", "9"))  # at once
FIRST = 100  # Numbers are of three digits, so that what tells them is as long for each run.
LONGEST_PEACE_S = 4.0
WITHIN_S = 120 + 10 * RUNS


@pytest.fixture
def portal(database, tmp_path, monkeypatch):
    """It has the database of this test, on whichever engine that is."""
    url = f"sqlite:///{database['NAME']}"
    if not database["ENGINE"].endswith("sqlite3"):
        url = urlsplit(os.environ["VITRINE_DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()
    monkeypatch.setenv("VITRINE_DATABASE_URL", url)
    monkeypatch.setenv("VITRINE_SECRET_KEY", settings.SECRET_KEY)
    portal = Portal(tmp_path / "home", free_port())
    try:
        until(portal.answers, within_s=120)
        yield portal
    finally:
        portal.process.terminate()
        portal.process.wait(timeout=30)


@pytest.fixture
def client(portal, alice, chance):
    _, token = accounts.make_token(user=alice, name="tests", expires_at=timezone.now() + timedelta(hours=5))
    return Client(portal.port, token, chance)


@contextmanager
def at_work(client):
    """The client works by itself until the end of the block. What it met that may not be is raised then."""
    with ThreadPoolExecutor() as pool:
        work = pool.submit(client.work)
        try:
            yield
        finally:
            client.leaves.set()
            work.result()


def all_end(client):
    """Wait until all that was ordered has begun, and all runs that there are have ended and this was told."""
    untold = Run.objects.filter(ended_at=None) | Run.objects.filter(news_at__isnull=False)

    def have_ended():
        return client.leaves.is_set() or (len(client.runs) == client.ordered and not untold.exists())

    until(have_ended, within_s=WITHIN_S)


def kill_now_and_then(portal, client, chance, order):
    """Kill what there is at random moments, and order as many runs as there are not under way any more.

    Gives how many were under way at each of the moments.
    """
    under_way = []
    for _ in range(KILLS):
        under_way.append(Run.objects.filter(ended_at=None).count())
        order(RUNS - under_way[-1] - (client.ordered - len(client.runs)))
        client.leaves.wait(chance.uniform(0, LONGEST_PEACE_S))
        kill(portal, chance)
    return under_way


def kill(portal, chance):
    """One process of web, workers or clock; or all of them at once."""
    living = until(portal.processes)
    for process in chance.choice([living, *([one] for one in living)]):
        with suppress(ProcessLookupError):  # That of a dead master ends by itself.
            os.kill(process, signal.SIGKILL)


def test_each_run_ends_as_it_would_have(portal, client, chance, orders, elsewhere):
    numbers = itertools.count(FIRST)

    def order(count):
        for number in itertools.islice(numbers, max(count, 0)):
            client.order(orders(number, KINDS))

    with at_work(client):
        order(len(KINDS))
        all_end(client)
        calm = {kind_of(run): account_of(run, orders) for run in Run.objects.all()}
        assert {account.status for account, _ in calm.values()} == {"SUCCEEDED"}, calm
        under_way = kill_now_and_then(portal, client, chance, order)
        all_end(client)

    ended = list(Run.objects.all())
    print(f"{KILLS} kills, {len(ended)} runs; at each of the kills so many were under way: {under_way}")
    print(f"{client.unanswered} requests had no answer")
    assert [found for run in ended for found in complaints(run)] == []
    for run in ended:
        assert account_of(run, orders) == calm[kind_of(run)], run.label
    require_once(elsewhere)
    require_kept(client)


def account_of(run, orders):
    return Account.of(run), Effects.of(int(run.label.split()[1]), orders)


def require_kept(client):
    """What somebody was answered is so."""
    assert sorted(client.runs.items()) == sorted((run.label, str(run.pk)) for run in Run.objects.all())
    assert set(client.answered.items()) <= {(str(one.pk), one.response) for one in WebInput.objects.all()}
    assert all(client.log(run_id)[: len(lines)] == lines for run_id, lines in client.logs.items())
