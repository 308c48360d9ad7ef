"""What a run did, state by state, as its log tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.flows.language.definition import Definition
from apps.flows.models import LogEntry, Run
from apps.web.flows.signs import Sign

BRANCH = "branch"
"""The detail of a line that says in which branch it was; those of the outermost machine have none."""


_ABOUT = {"state_name", "state_type", BRANCH}


@dataclass(slots=True)
class Visit:
    """A state that was entered once. ``attempt`` counts from 1, from the first time that the branch came to it."""

    state: str
    type: str
    branch: int
    begun_at: datetime
    attempt: int = 1
    sign: Sign = Sign.ACTIVE
    ended_at: datetime | None = None
    told: dict[str, Any] = field(default_factory=dict)

    def note(self, details: dict[str, Any]) -> None:
        """What a line tells besides."""
        self.told |= {name: value for name, value in details.items() if name not in _ABOUT}

    def end(self, sign: Sign, at: datetime) -> None:
        self.sign, self.ended_at = sign, at


@dataclass(slots=True)
class Story:
    """``visits`` in the order in which they began; ``taken`` are the ways that were gone."""

    visits: list[Visit] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)

    def of(self, state: str) -> list[Visit]:
        return [visit for visit in self.visits if visit.state == state]

    @property
    def signs(self) -> dict[str, Sign]:
        """How each state is: what goes on counts before what went wrong, and that before what went well."""
        found: dict[str, Sign] = {}
        latest = {(visit.state, visit.branch): visit for visit in self.visits}
        for (state, _), visit in latest.items():
            if state not in found or _weight(visit.sign) > _weight(found[state]):
                found[state] = visit.sign
        return found


def story_of(lines: Iterable[LogEntry], *, is_over: bool) -> Story:
    """``lines`` from the first on, or from a later one: what began before is then not known."""
    teller = _Teller()
    for line in lines:
        teller.hear(line)
    if is_over:
        teller.break_off()
    return teller.story


def completed_in(run: Run, definition: Definition) -> dict[str, Sign]:
    """The states that were ever completed, by what the lines of the log say: their details are not read."""
    lines = run.log.filter(code__endswith="Completed").order_by()
    said = set(lines.values_list("description", flat=True).distinct())
    done = (one.name for one in definition.states if f"State {one.name} of type {one.type} completed"[:300] in said)
    return dict.fromkeys(done, Sign.SUCCEEDED)


class _Teller:
    def __init__(self) -> None:
        self.story = Story()
        self._open: dict[tuple[int, str], Visit] = {}
        self._last: dict[int, str] = {}
        self._attempts: dict[tuple[int, str], int] = {}

    def hear(self, line: LogEntry) -> None:
        details = line.details
        if line.code == "FlowRedriven":
            self.break_off()
            self._attempts.clear()
        if "state_name" not in details:
            return
        branch, state = details.get(BRANCH, 0), details["state_name"]
        visit = self._open.get((branch, state))
        if line.code == f"{details['state_type']}Started":
            self._begin(line, branch, state)
        elif line.code == f"{details['state_type']}Retried":
            self._again(line, branch, state)
        elif visit is not None:
            self._go_on(line, visit)

    def _begin(self, line: LogEntry, branch: int, state: str) -> None:
        if branch in self._last:
            self.story.taken.add((self._last[branch], state))
        self._attempts[branch, state] = 0
        self._again(line, branch, state)

    def _again(self, line: LogEntry, branch: int, state: str) -> None:
        number = self._attempts[branch, state] = self._attempts.get((branch, state), 0) + 1
        visit = Visit(state, line.details["state_type"], branch, line.at, attempt=number)
        if (before := self._open.get((branch, state))) is not None and before.ended_at is not None:
            before.sign = Sign.FAILED  # It was to be tried again, and is now.
        visit.note(line.details)
        self._open[branch, state] = visit
        self.story.visits.append(visit)

    def _go_on(self, line: LogEntry, visit: Visit) -> None:
        visit.note(line.details)
        match line.code:
            case "Waiting" | "RetryScheduled":
                visit.sign = Sign.WAITING
            case "Caught":
                self._leave(visit, Sign.CAUGHT, line)
            case code if code == f"{visit.type}Completed":
                self._leave(visit, Sign.FAILED if "Error" in line.details else Sign.SUCCEEDED, line)
            case code if code == f"{visit.type}Failed":
                visit.end(Sign.FAILED, line.at)

    def _leave(self, visit: Visit, sign: Sign, line: LogEntry) -> None:
        visit.end(sign, line.at)
        self._last[visit.branch] = visit.state
        del self._open[visit.branch, visit.state]

    def break_off(self) -> None:
        """What did not come to its end was canceled with the run."""
        for visit in self._open.values():
            if visit.ended_at is None:
                visit.sign = Sign.CANCELED
        self._open.clear()
        self._last.clear()


_ORDER = [Sign.NOT_REACHED, Sign.SUCCEEDED, Sign.CAUGHT, Sign.CANCELED, Sign.FAILED, Sign.WAITING, Sign.ACTIVE]


def _weight(sign: Sign) -> int:
    return _ORDER.index(sign) if sign in _ORDER else len(_ORDER)
