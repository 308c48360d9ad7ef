"""Somebody who works with a portal that keeps dying, and remembers what it was answered."""

from __future__ import annotations

import http.client
import json
import queue
import random
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.flows.survival.orders import Order

UNANSWERED = (OSError, http.client.HTTPException, ValueError)


@dataclass
class Client:
    """Begins what is ordered; looks at logs; and says “Publish” to whoever asks.

    ``runs`` are the ids that it was told by their labels, ``logs`` the lines that it was shown of them, ``answered``
    what it said to a question and was told to be kept. ``unanswered`` counts the requests that came to nothing, as far
    as it knows.
    """

    port: int
    token: str
    chance: random.Random
    orders: queue.SimpleQueue[Order] = field(default_factory=queue.SimpleQueue)
    runs: dict[str, str] = field(default_factory=dict)
    logs: dict[str, list[Any]] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    ordered: int = 0
    unanswered: int = 0
    leaves: threading.Event = field(default_factory=threading.Event)

    def order(self, order: Order) -> None:
        self.ordered += 1
        self.orders.put(order)

    def work(self) -> None:
        """Until it leaves, which it also does when it meets what may not be."""
        try:
            while not self.leaves.is_set():
                try:
                    self._do_one()
                except UNANSWERED:
                    self.unanswered += 1
        finally:
            self.leaves.set()

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None, *, least: int = 200) -> Any:
        """What is answered, which is no error of the portal's, nor of ours below ``least``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            connection.request(method, f"/api/flows{path}", json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
            assert answer.status < 300 or answer.status == least, told
            return told
        finally:
            connection.close()

    def log(self, run_id: str) -> list[Any]:
        """All its lines."""
        lines, more = [], "?limit=100"
        while more:
            page = self.ask("GET", f"/runs/{run_id}/log{more}")
            lines += page["entries"]
            more = f"?limit=100&marker={page['marker']}" if page["has_next_page"] else ""
        return lines

    def _do_one(self) -> None:
        try:
            self._begin(self.orders.get(timeout=0.05))
        except queue.Empty:
            self._answer()
            self._look()

    def _begin(self, order: Order) -> None:
        """What was not answered is asked for again, as the same request: it may have begun."""
        request = {"request_id": order.label, "body": order.input, "label": order.label}
        try:
            self.runs[order.label] = self.ask("POST", f"/flows/{order.flow.pk}/run", request)["run_id"]
        except UNANSWERED:
            self.orders.put(order)
            raise

    def _answer(self) -> None:
        """What was not answered is asked again, and may be told then that it was."""
        for summary in self.ask("GET", "/web_inputs?per_page=100")["web_input_summaries"]:
            [chosen] = [
                option["option_id"]
                for option in self.ask("GET", f"/web_inputs/{summary['id']}")["options"]
                if option["label"] == "Publish"
            ]
            self.ask("POST", f"/web_inputs/{summary['id']}/respond", {"response": {"value": chosen}}, least=409)
            self.answered[summary["id"]] = chosen

    def _look(self) -> None:
        """No line that was once shown goes away, or becomes another."""
        if self.runs:
            run_id = self.chance.choice(list(self.runs.values()))
            lines, before = self.log(run_id), self.logs.get(run_id, [])
            assert lines[: len(before)] == before
            self.logs[run_id] = lines
