"""An upload of unknown length, as a real portal takes it: its web server, its worker, nothing in this process."""

from __future__ import annotations

import json
import socket

import pytest

from tests.survival.conftest import start_portal
from tests.waiting import until

__all__ = ["start_portal"]
pytestmark = pytest.mark.slow
LINES = 3000
HEAD = "POST /api/search/v1/index/runs/ingest HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"


def line(at: int) -> bytes:
    content = {"number": at, "text": "x" * 200}
    return json.dumps({"subject": f"s/{at:05}", "visible_to": ["public"], "content": content}).encode() + b"\n"


def test_a_stream_in_chunks_is_taken_whole_or_not_at_all(start_portal):
    _, client = start_portal()
    status = client.stream(line(at) for at in range(LINES))

    with socket.create_connection(("127.0.0.1", client.port), timeout=30) as wire:
        head = f"{HEAD}Authorization: Bearer {client.token}\r\nContent-Type: application/x-ndjson\r\n\r\n"
        piece = line(LINES + 1)
        wire.sendall(f"{head}{len(piece):x}\r\n".encode() + piece + b"\r\nfff\r\n" + piece)

    assert status == 200
    tasks = until(lambda: states(client))
    assert sorted((task["state"], task["documents_done"]) for task in tasks) == [("FAILED", 0), ("SUCCESS", LINES)]
    assert client.subjects() == [f"s/{at:05}" for at in range(LINES)]


def states(client):
    """Both tasks, when both have ended."""
    tasks = client.ask("GET", "/v1/task_list/runs")[2]["tasks"]
    return tasks if len(tasks) == 2 and all(task["state"] in ("SUCCESS", "FAILED") for task in tasks) else []
