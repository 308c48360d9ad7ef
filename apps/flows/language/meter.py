"""A bound on the work and the memory of one evaluation, so that no definition can hold up a worker."""

from __future__ import annotations

from typing import Any

from apps.flows.language.failures import ErrorName, StateFailure

PER_VALUE = 16  # what a value costs beside its text: about what a small JSON value takes to walk over


class Meter:
    """What an evaluation may still spend. Spending more is a ``StateFailure`` that says what grew too large."""

    def __init__(self, budget: int, complaint: str, error: str = ErrorName.RUNTIME) -> None:
        self._left = budget
        self._complaint = complaint
        self._error = error

    def spend(self, amount: int) -> None:
        self._left -= amount
        if self._left < 0:
            raise StateFailure(self._error, f"{self._complaint}. Make it smaller, or do it in an action.")

    def weigh(self, value: Any) -> None:
        """Spend for a whole value. What is shared within it counts as often as it would be written."""
        waiting = [value]
        while waiting:
            each = waiting.pop()
            self.spend(PER_VALUE + len(each) if isinstance(each, str) else PER_VALUE)
            if isinstance(each, dict):
                self.spend(PER_VALUE * len(each) + sum(len(key) for key in each if isinstance(key, str)))
                waiting.extend(each.values())
            elif isinstance(each, list | tuple):
                self.spend(PER_VALUE * len(each))
                waiting.extend(each)
