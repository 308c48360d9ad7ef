"""What was acknowledged is there once, whoever was killed when; what was not is there whole or not at all."""

from __future__ import annotations

import http.client
import os
import random
import signal
from collections import Counter

import pytest

from tests.survival.conftest import DOCUMENTS
from tests.waiting import until

pytestmark = pytest.mark.slow
BATCHES = int(os.environ.get("VITRINE_KILL_BATCHES", "60"))
MOST_KILLS = 4


def kill_now_and_then(portal, word, thread):
    """Kill the processes of that name at random moments while the thread runs; gives how often."""
    moments, kills = random.Random(17), 0
    while thread.is_alive():
        thread.join(timeout=moments.uniform(0.2, 1.5))
        if kills < MOST_KILLS:  # Who dies often is started later and later.
            for process in portal.processes(word):
                os.kill(process, signal.SIGKILL)
            kills += 1
    return kills


@pytest.mark.parametrize("victim", ["celery", "gunicorn"])
def test_nothing_acknowledged_is_lost_or_doubled(start_portal, engine_url, victim):
    portal, client = start_portal(engine_url)

    kills = kill_now_and_then(portal, victim, client.ingest_all(BATCHES))
    until(client.is_settled, within_s=120)

    found = client.subjects()
    per_batch = Counter(int(subject.split("-")[0]) for subject in found)
    assert kills > 1
    assert len(found) == len(set(found))
    assert {per_batch[batch] for batch, task in client.sent.items() if task} == {DOCUMENTS}
    assert {per_batch[batch] for batch, task in client.sent.items() if not task} <= {0, DOCUMENTS}
    _, _, index = client.ask("GET", "/v1/index/runs")
    assert (index["num_subjects"], index["num_entries"]) == (len(found), len(found))


def test_a_stream_that_a_killed_server_did_not_take_whole_leaves_nothing(start_portal, engine_url):
    portal, client = start_portal(engine_url)
    line = b'{"subject": "s", "visible_to": ["public"], "content": {"n": 1}}\n'

    def lines():
        yield line * 3000
        until(lambda: client.ask("GET", "/v1/task_list/runs")[2]["tasks"])  # The first parts are on disk.
        for process in portal.processes("gunicorn"):
            os.kill(process, signal.SIGKILL)
        for _ in range(200):
            yield line * 1000

    with pytest.raises((ConnectionError, http.client.HTTPException)):
        client.stream(lines())
    until(lambda: portal.answers() == 200)

    [task] = client.ask("GET", "/v1/task_list/runs")[2]["tasks"]
    assert (task["state"], client.subjects()) == ("CREATING", [])


def test_a_whole_portal_that_was_killed_goes_on_when_it_starts_again(start_portal, engine_url):
    portal, client = start_portal(engine_url)
    sending = client.ingest_all(10)
    until(lambda: len(client.sent) > 3)

    portal.process.kill()
    portal.process.wait()
    sending.join()
    until(lambda: not portal.processes())
    portal.process = portal.command("serve")
    until(client.is_settled, within_s=60)

    per_batch = Counter(int(subject.split("-")[0]) for subject in client.subjects())
    assert {per_batch[batch] for batch, task in client.sent.items() if task} == {DOCUMENTS}
