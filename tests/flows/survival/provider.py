"""An action provider elsewhere whose actions take a while, and which notes what was begun."""

from __future__ import annotations

import time
from contextlib import contextmanager

from tests.flows.elsewhere import Handler, provider

LASTS_S = 0.7


class Slow(Handler):
    """Each action succeeds by itself; the same request is the same action."""

    def _status(self, action_id, code=200):
        began_at = self.server.began_at.setdefault(action_id, time.monotonic())
        is_over = time.monotonic() - began_at > LASTS_S
        told = {"action_id": action_id, "status": "SUCCEEDED" if is_over else "ACTIVE", "details": {"said": "so"}}
        self._answer(told, code)


@contextmanager
def slow_provider():
    with provider() as server:
        server.RequestHandlerClass = Slow
        server.began_at = {}
        yield server
