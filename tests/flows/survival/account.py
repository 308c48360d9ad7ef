"""What is left of runs when they have ended, in words that are the same for two runs of a flow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from apps.flows.models import Action, Job, Run, WebInput
from apps.search.models import Entry
from apps.search.models import Task as Ingest
from apps.storage.models import AccessRule
from apps.transfer.models import Task as Transfer

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


@dataclass(frozen=True)
class Effects:
    """What the run of a number left in the world: files in its two folders, entries of what it published, and rules."""

    files: dict[str, list[str]]
    entries: list[str]
    rules: int

    @classmethod
    def of(cls, number: int, orders: Any) -> Effects:
        ends = {end: orders.roots / end / str(number) for end in ("source", "destination")}
        paths = [f"/{number}", f"/{number}/"]
        subjects = [f"globus://{orders.places['destination'].pk}{path}" for path in paths]
        return cls(
            {end: sorted(str(one.relative_to(folder)) for one in folder.rglob("*")) for end, folder in ends.items()},
            sorted(Entry.objects.filter(subject__in=subjects).values_list("entry_id", flat=True)),
            AccessRule.objects.filter(path__in=paths).count(),
        )


def require_once(elsewhere: Any) -> None:
    """Each action that the flows asked for is one at whoever does it."""
    asked = Counter(Action.objects.values_list("provider", flat=True))
    remote = {action.request_id: action.memo["action_id"] for action in Action.objects.filter(provider="")}
    assert elsewhere.by_request == remote
    assert len(set(remote.values())) == len(remote) == len(elsewhere.begun)
    assert Transfer.objects.count() == asked["transfer/transfer"] + asked["transfer/delete"]
    assert Ingest.objects.count() == asked["search/ingest"]
    assert Job.objects.count() == asked["compute"]
    assert AccessRule.objects.count() == asked["transfer/set_permission"]
    assert WebInput.objects.count() == asked["user/selection"]
    ids = list(Action.objects.values_list("creator", "request_id"))
    assert len(set(ids)) == len(ids)


def kind_of(run: Run) -> str:
    return run.label.split()[0]


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
