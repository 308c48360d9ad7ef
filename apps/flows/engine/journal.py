"""The log of a run, as one turn adds to it."""

from __future__ import annotations

from datetime import datetime

from apps.common.writing import Writes
from apps.flows.engine.outcomes import Entry
from apps.flows.models import LogEntry, Run

MOST_LINES = 100_000


class Journal:
    """Numbers new lines behind those that are there. The run's row must be held."""

    def __init__(self, run: Run, now: datetime) -> None:
        self.run, self.now = run, now
        self._new: list[LogEntry] = []

    def too_long(self) -> str:
        """A sentence, if the run may not go on for the length of its log; else nothing."""
        if self.run.log_count < MOST_LINES:
            return ""
        return f"The log of the run has {MOST_LINES:,} lines, the most there are. Start a new run for what is left."

    def add(self, *entries: Entry, branch: int | None = None) -> None:
        """Details are written as they are: private parts must be out of them (``telling.told``). ``branch`` is told of
        those within states, because several may be in the same state at once."""
        for entry in entries:
            self.run.log_count += 1
            self._new.append(
                LogEntry(
                    run=self.run,
                    number=self.run.log_count,
                    at=self.now,
                    code=entry.code,
                    description=entry.description,
                    details=entry.details if branch is None else {**entry.details, "branch": branch},
                )
            )

    def write(self, writes: Writes) -> None:
        writes.insert(self._new)
        self._new = []

    def save(self) -> None:
        writes = Writes()
        self.write(writes)
        writes.send()
