"""What each type of state does when it is entered, but those that fork."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from apps.flows.engine.outcomes import Act, Fail, Outcome, Sleep
from apps.flows.engine.visit import Visit
from apps.flows.language import choices
from apps.flows.language.definition import (
    ABSENT,
    Action,
    Choice,
    ExpressionEval,
    Pass,
    Succeed,
    Wait,
    Way,
)
from apps.flows.language.definition import Fail as FailState
from apps.flows.language.failures import StateFailure, shown
from apps.flows.language.moments import moment

LONGEST_WAIT = timedelta(days=366)
NO_CHOICE = "States.NoChoiceMatched"


def pass_on(visit: Visit, state: Pass) -> Outcome:
    shaped = visit.filled(state.parameters, visit.input)
    result = shaped if state.result is ABSENT else state.result
    return visit.leave(result, result_path=state.result_path)


def evaluate(visit: Visit, state: ExpressionEval) -> Outcome:
    return visit.leave(visit.filled(state.parameters, visit.input), result_path=state.result_path)


def succeed(visit: Visit, state: Succeed) -> Outcome:
    return visit.leave(visit.input)


def fail(visit: Visit, state: FailState) -> Outcome:
    error = _text(visit, visit.found(state.error_path)) if state.error_path else state.error
    cause = _text(visit, visit.found(state.cause_path)) if state.cause_path else state.cause
    return Fail(error=error, cause=cause)


def choose(visit: Visit, state: Choice) -> Outcome:
    scene = visit.scene(visit.input)
    for way in state.ways:
        if _is_met(visit, way) if way.rule is None else choices.holds(way.rule, scene):
            return _take(visit, way)
    if state.default is None:
        raise StateFailure(NO_CHOICE, f"None of the choices of {shown(state.name)} holds, and it has no Default.")
    return _take(visit, Way(next=state.default, assign=state.assign, output=state.output))


def _is_met(visit: Visit, way: Way) -> bool:
    """By JSONata. Its own idea of what counts as true is not asked: a text that says no would."""
    told = visit.evaluated(way.condition)
    if not isinstance(told, bool):
        raise visit.misfit(f"{shown(way.condition)} gave {shown(told)}, which is neither true nor false.")
    return told


def _take(visit: Visit, way: Way) -> Outcome:
    if visit.is_jsonata:
        output = visit.position.data if way.output is ABSENT else visit.evaluated(way.output)
        return visit.go(way.next, output, visit.assigned(way.assign))
    return visit.go(way.next, visit.output_of(visit.input), visit.assigned(way.assign, data=visit.input))


def wait(visit: Visit, state: Wait) -> Outcome:
    until = min(_waits_until(visit, state), visit.now + LONGEST_WAIT)
    return Sleep(until=until, position=visit.position)


def after_wait(visit: Visit) -> Outcome:
    return visit.leave(visit.input)


def _waits_until(visit: Visit, state: Wait) -> datetime:
    if state.timestamp or state.timestamp_path:
        told = visit.found(state.timestamp_path) if state.timestamp_path else state.timestamp
        until = moment(told, visit.world.dialect)
        if until is None:
            raise visit.misfit(f"{shown(told)} is no time. Write one such as 2026-11-23T08:00:00Z.")
        return until
    told = visit.found(state.seconds_path) if state.seconds_path else state.seconds
    return visit.now + timedelta(seconds=_seconds(visit, told))


def act(visit: Visit, state: Action) -> Outcome:
    wait_s = _told_seconds(visit, state.wait_s, state.wait_path)
    return Act(
        position=visit.position,
        url=state.url,
        scope=state.scope,
        run_as=state.run_as,
        body=visit.filled(state.parameters, visit.input),
        timeout_at=None if wait_s is None else visit.now + timedelta(seconds=wait_s),
        heartbeat_s=_told_seconds(visit, state.heartbeat_s, state.heartbeat_path),
    )


def _told_seconds(visit: Visit, written: float | None, path: str) -> float | None:
    return _seconds(visit, visit.found(path)) if path else written


def _seconds(visit: Visit, told: Any) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= LONGEST_WAIT.total_seconds():
        raise visit.misfit(f"{shown(told)} is no number of seconds, of a year at most.")
    return told


def _text(visit: Visit, value: Any) -> str:
    if not isinstance(value, str):
        raise visit.misfit(f"{shown(value)} is no text.")
    return value
