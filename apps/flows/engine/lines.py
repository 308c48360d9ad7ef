"""The lines of the log that tell of one transition."""

from __future__ import annotations

from typing import Any

from apps.flows.engine.outcomes import End, Entry, Event, Fail, Fork, Go, Outcome, Sleep, Step
from apps.flows.engine.telling import told, told_action
from apps.flows.language import templates
from apps.flows.language.definition import Map, State
from apps.flows.language.failures import StateFailure


class Lines:
    """Gathers them; private parts of the state are left out."""

    def __init__(self, state: State, failure: StateFailure | None, event: Event | None = None) -> None:
        self.state, self.failure, self.event = state, failure, event
        self.private = frozenset().union(*(templates.private_names(one) for one in _given_in(state)))
        self.entries: list[Entry] = []

    def told(self, value: Any) -> Any:
        return told(value, self.private)

    def add(self, code: str, description: str, **details: Any) -> None:
        named = {"state_name": self.state.name, "state_type": self.state.type}
        self.entries.append(Entry(code=code, description=description[:300], details={**named, **details}))

    def step(self, outcome: Outcome) -> Step:
        """The whole transition, once it is known what it came to."""
        if self.failure is None:
            self._went_well(outcome)
        else:
            self._failed(self.failure, outcome)
        return Step(outcome=outcome, entries=tuple(self.entries))

    def _went_well(self, outcome: Outcome) -> None:
        state = self.state
        completed, action = f"{state.type}Completed", told_action(self.event, self.private)
        match outcome:
            case Go() | End():
                output = outcome.position.data if isinstance(outcome, Go) else outcome.output
                words = f"State {state.name} of type {state.type} completed"
                self.add(completed, words, output=self.told(output), **action)
            case Fail():
                words = f"State {state.name} ends this as failed"
                self.add(completed, words, Error=outcome.error, Cause=self.told(outcome.cause))
            case Sleep():
                self.add("Waiting", f"Waits until {_at(outcome)}", until=outcome.until.isoformat())
            case Fork() if action:
                words = f"{len(outcome.items):,} items were read for state {state.name}"
                self.add(f"{state.type}ItemsRead", words, count=len(outcome.items), **action)

    def _failed(self, failure: StateFailure, outcome: Outcome) -> None:
        name = self.state.name
        self.add(
            f"{self.state.type}Failed",
            f"State {name} failed: {failure.error}",
            Error=failure.error,
            Cause=self.told(failure.cause),
            **told_action(self.event, self.private),
        )
        match outcome:
            case Go():
                self.add("Caught", f"The error leads on to {outcome.position.state}", next=outcome.position.state)
            case Sleep():
                words = f"State {name} is tried again at {_at(outcome)}"
                self.add("RetryScheduled", words, at=outcome.until.isoformat())


def _given_in(state: State) -> list[Any]:
    """The templates of what a state gives to others."""
    others = [state.reader, state.writer] if isinstance(state, Map) else []
    return [getattr(one, "parameters", None) for one in (state, *others)]


def _at(outcome: Sleep) -> str:
    return outcome.until.isoformat(timespec="seconds")
