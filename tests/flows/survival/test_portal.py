"""The portal as ``manage.py serve`` runs it: web server and workers are killed while runs are begun and carried on."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading

import pytest

from tests.databases import database_of_its_own
from tests.test_running import ROOT, WORKER, Portal, free_port, until

pytestmark = pytest.mark.slow
RUNS, KILLS = 20, 4
SET_UP = """
from datetime import timedelta
from django.utils import timezone
from apps.accounts import services as accounts
from apps.flows import services as flows
from tests.flows.survival import definitions
alice = accounts.make_user(username="alice", password=None)
told = flows.FlowChanges(title="f", definition=definitions.counting(), input_schema={})
flow = flows.create_flow(actor=alice, told=told)
print(flow.pk, accounts.make_token(user=alice, name="tests", expires_at=timezone.now() + timedelta(hours=1))[1])
"""


class Client:
    """Talks to the portal as Alice, and knows which runs it was told of."""

    def __init__(self, portal):
        self.port, self.runs, self.unanswered = portal.port, [], 0
        command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", SET_UP]
        made = subprocess.run(command, cwd=ROOT, env=portal.environ, stdout=subprocess.PIPE, check=True, text=True)
        self.flow, self.token = made.stdout.split()[-2:]

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            connection.request(method, f"/api/flows{path}", json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
            assert answer.status < 300, told
            return told
        finally:
            connection.close()

    def begin(self):
        for _ in range(RUNS):
            try:
                self.runs.append(self.ask("POST", f"/flows/{self.flow}/run", {"body": {}})["run_id"])
            except (OSError, http.client.HTTPException, ValueError):
                self.unanswered += 1

    def log(self, run_id):
        """The codes of all its lines."""
        codes, more = [], "?limit=100"
        while more:
            page = self.ask("GET", f"/runs/{run_id}/log{more}")
            codes += [line["code"] for line in page["entries"]]
            more = f"?limit=100&marker={page['marker']}" if page["has_next_page"] else ""
        return codes

    def have_ended(self):
        try:
            runs = self.ask("GET", "/runs?per_page=100")["runs"]
        except (OSError, http.client.HTTPException, ValueError):
            return False
        return {run["status"] for run in runs} == {"SUCCEEDED"} and runs


@pytest.fixture
def portal(tmp_path, monkeypatch):
    with database_of_its_own() as environ:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        portal = Portal(tmp_path / "home", free_port())
        until(portal.answers, within_s=120)
        yield portal
        portal.process.terminate()
        portal.process.wait(timeout=30)


def test_what_was_acknowledged_ends_well_and_once(portal):
    client, moments = Client(portal), random.Random(7)
    beginning = threading.Thread(target=client.begin)
    beginning.start()

    for _ in range(KILLS):
        for word in ("gunicorn", WORKER):
            beginning.join(timeout=moments.uniform(0.1, 0.8))
            for process in portal.processes(word):
                os.kill(process, signal.SIGKILL)
    beginning.join()
    ended = until(client.have_ended, within_s=120)

    assert set(client.runs) <= {run["run_id"] for run in ended}
    assert len(client.runs) <= len(ended) <= RUNS
    logs = [client.log(run_id) for run_id in client.runs]
    assert len(logs[0]) == 1 + 2 + 30 * 4 + 3 + 2 + 1  # Start, thirty times Add and More, Nap, Done, and the run itself
    assert all(log == logs[0] for log in logs)
