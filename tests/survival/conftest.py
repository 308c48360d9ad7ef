"""A whole portal in processes of its own, on each engine, and a client that notes what was acknowledged."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from tests.test_running import ROOT, Portal, free_port
from tests.waiting import until

DOCUMENTS = 25
SET_UP = """
from datetime import timedelta
from django.utils import timezone
from apps.accounts import services as accounts
from apps.search import services as search
alice = accounts.make_user(username="alice", password=None)
index = search.create_index(actor=alice, display_name="Runs", slug="runs")
print(accounts.make_token(user=alice, name="tests", expires_at=timezone.now() + timedelta(hours=1))[1])
"""


@dataclass
class Client:
    """Talks to the portal as Alice. ``sent`` says of each batch which task took it, or "" if nobody answered."""

    port: int
    token: str
    sent: dict[int, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, str], dict]:
        """Status, headers and document of an answer.

        Raises:
            OSError, HTTPException: there was none.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Authorization": f"Bearer {self.token}"}
            connection.request(method, f"/api/search{path}", json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), json.loads(answer.read())
        finally:
            connection.close()

    def ingest(self, batch: int) -> None:
        entries = [
            {"subject": f"{batch}-{n}", "visible_to": ["public"], "content": {"batch": batch, "n": n}}
            for n in range(DOCUMENTS)
        ]
        body = {"ingest_type": "GMetaList", "ingest_data": {"gmeta": entries}}
        try:
            status, _, answer = self.ask("POST", "/v1/index/runs/ingest", body)
        except (OSError, http.client.HTTPException, ValueError):
            self.sent[batch] = ""
            return
        assert status == 200, answer
        self.sent[batch] = answer["task_id"]

    def stream(self, pieces: Iterable[bytes]) -> int:
        """Send NDJSON in chunks of unknown number; gives the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/x-ndjson",
            "Transfer-Encoding": "chunked",
        }
        try:
            connection.request("POST", "/api/search/v1/index/runs/ingest", pieces, headers, encode_chunked=True)
            return connection.getresponse().status
        finally:
            connection.close()

    def ingest_all(self, batches: int) -> threading.Thread:
        """Send so many batches, one after the other, in a thread of their own."""
        thread = threading.Thread(target=lambda: [self.ingest(batch) for batch in range(batches)])
        thread.start()
        return thread

    def is_settled(self) -> bool:
        """Whether every task that was acknowledged has succeeded."""
        try:
            _, _, answer = self.ask("GET", "/v1/task_list/runs")
        except (OSError, http.client.HTTPException, ValueError):
            return False
        states = {task["task_id"]: task["state"] for task in answer["tasks"]}
        assert "FAILED" not in states.values()
        is_idle = not {"PENDING", "PROGRESS"} & set(states.values())
        return is_idle and all(states[task] == "SUCCESS" for task in self.sent.values() if task)

    def subjects(self) -> list[str]:
        """All subjects that are found, page by page."""
        found: list[str] = []
        document: dict[str, object] = {"q": "*", "limit": 1000}
        while True:
            _, _, answer = self.ask("POST", "/v1/index/runs/scroll", document)
            found += [record["subject"] for record in answer["gmeta"]]
            if not answer["has_next_page"]:
                return found
            document["marker"] = answer["marker"]


@pytest.fixture
def opensearch_url() -> str:
    url = os.environ.get("VITRINE_TEST_OPENSEARCH_URL", "")
    if not url and os.environ.get("VITRINE_TEST_REQUIRE_SERVICES") != "1":
        pytest.skip("VITRINE_TEST_OPENSEARCH_URL names no OpenSearch")
    assert url, "VITRINE_TEST_OPENSEARCH_URL is required here"
    return url


@pytest.fixture(params=["tantivy", "opensearch"])
def engine_url(request) -> str:
    """The address of the engine; "" for the embedded one."""
    return "" if request.param == "tantivy" else request.getfixturevalue("opensearch_url")


@pytest.fixture
def start_portal(tmp_path, monkeypatch):
    """Starts a portal on an engine; gives it and a client."""
    portals = []

    def start(engine_url: str = "") -> tuple[Portal, Client]:
        if engine_url:
            monkeypatch.setenv("VITRINE_SEARCH_BACKEND", "opensearch")
            monkeypatch.setenv("VITRINE_OPENSEARCH_URL", engine_url)
            monkeypatch.setenv("VITRINE_OPENSEARCH_PREFIX", f"survival-{os.getpid()}")
        portal = Portal(tmp_path / "home", free_port())
        portals.append(portal)
        until(portal.answers, within_s=60)
        made = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", SET_UP],
            cwd=ROOT,
            env=portal.environ,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return portal, Client(portal.port, made.stdout.split()[-1])

    yield start
    for portal in portals:
        portal.process.terminate()
        portal.process.wait(timeout=30)
