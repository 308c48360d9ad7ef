"""What is left of runs when they have ended, in words that are the same for two runs of a flow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from apps.flows.models import Run

_DOCUMENT = {"action_id", "status", "start_time"}


@dataclass(frozen=True)
class Account:
    """``lines`` are of the log: how often each code was told of each state; ``actions`` by their states."""

    status: str
    error: str
    output: Any
    lines: Counter[tuple[str, str]]
    actions: Counter[tuple[str, str]]

    @classmethod
    def of(cls, run: Run) -> Account:
        lines = Counter((line.code, line.details.get("state_name", "")) for line in run.log.all())
        actions = Counter(run.actions.values_list("state_name", "status"))
        told = _told(run.output) if isinstance(run.output, dict | list) else run.output
        return cls(run.status, run.error_name, told, lines, actions)


def _told(value: Any) -> Any:
    """Without what is another's in each run: of an action its status alone, of texts that there is one."""
    if isinstance(value, dict):
        if set(value) >= _DOCUMENT:
            return value["status"]
        return {name: _told(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_told(member) for member in value]
    return "…" if isinstance(value, str) else value


def complaints(run: Run) -> list[str]:
    """What an ended run may not leave: gaps or doubles in its log, leases, what is due."""
    numbers = list(run.log.values_list("number", flat=True))
    found = [] if numbers == list(range(1, run.log_count + 1)) else [f"its log is numbered {numbers}"]
    if run.due_at is not None:
        found.append(f"it is due at {run.due_at}")
    if left := run.branches.filter(status="ACTIVE").count() + run.branches.exclude(due_at=None).count():
        found.append(f"{left} branches go on")
    if left := run.actions.filter(completed_at=None).count():
        found.append(f"{left} actions go on")
    if left := run.actions.exclude(lease="").count() + run.actions.exclude(due_at=None).count():
        found.append(f"{left} actions are still held or due")
    return found
