"""What becomes of a state that failed: tried again, caught, or the end of its branch."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from apps.flows.engine.outcomes import Fail, Go, Outcome, Sleep
from apps.flows.engine.visit import Visit
from apps.flows.language import paths
from apps.flows.language.definition import ABSENT, Catcher, Retrier, Working
from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import ErrorName, StateFailure

ALL = frozenset({"States.ALL", "States.All"})
NOT_CAUGHT_BY_ALL = frozenset({"States.Runtime", "States.DataLimitExceeded"})
TIMEOUT = frozenset({"ActionTimeout", "States.Timeout"})
RUNTIME = frozenset({ErrorName.PARAMETER_PATH, ErrorName.RESULT_PATH, ErrorName.INTRINSIC})
"""What the specification has names for, and the hosted services call ``States.Runtime`` all the same."""
UNABLE, FAILED, LATE = "ActionUnableToRun", "ActionFailedException", "ActionTimeout"
TASK_FAILED, SILENT = "States.TaskFailed", "States.HeartbeatTimeout"


def settle(visit: Visit, failure: StateFailure) -> Outcome:
    """By the first retrier, then the first catcher, that knows the error."""
    state, dialect = visit.state, visit.world.dialect
    if not isinstance(state, Working):
        return Fail(error=failure.error, cause=failure.cause)
    done = [*visit.position.retries, *[0] * (len(state.retries) - len(visit.position.retries))]
    for number, retrier in enumerate(state.retries):
        if is_meant(failure.error, retrier.errors, dialect):
            if done[number] >= retrier.max_attempts:
                break
            until = visit.now + _pause(retrier, done[number])
            done[number] += 1
            again = replace(visit.position, retries=tuple(done), phase="")
            return Sleep(until=until, position=again, is_retry=True)
    for catcher in state.catches:
        if is_meant(failure.error, catcher.errors, dialect):
            return _caught(visit, catcher, failure)
    return Fail(error=failure.error, cause=failure.cause)


def is_meant(error: str, names: tuple[str, ...], dialect: Dialect) -> bool:
    """Whether one of the names of a catcher or retrier stands for the error.

    The two languages call the same things differently (``ActionTimeout``, ``States.Timeout``): both words are
    understood in both; and ``States.Runtime`` also stands for what has a name of its own beside it. In the Amazon
    States Language ``States.ALL`` leaves out what no second try can help.
    """
    if error in names or (error in {*TIMEOUT, SILENT} and TIMEOUT.intersection(names)):
        return True
    if ErrorName.RUNTIME in names and error in RUNTIME:
        return True
    if TASK_FAILED in names and error not in TIMEOUT and not error.startswith("States."):
        return True
    return bool(ALL.intersection(names)) and not (dialect is Dialect.ASL and error in NOT_CAUGHT_BY_ALL)


def _pause(retrier: Retrier, done: int) -> timedelta:
    try:
        pause_s = retrier.interval_s * retrier.backoff_rate**done
    except OverflowError:
        pause_s = float("inf")
    longest_s = timedelta(days=366).total_seconds() if retrier.max_delay_s is None else retrier.max_delay_s
    pause_s = min(pause_s, longest_s)
    return timedelta(seconds=random.uniform(0, pause_s) if retrier.is_jittered else pause_s)  # noqa: S311 - no secret


def _caught(visit: Visit, catcher: Catcher, failure: StateFailure) -> Outcome:
    error: dict[str, Any] = {"Error": failure.error, "Cause": failure.cause}
    try:
        if visit.is_jsonata:
            told = error if catcher.output is ABSENT else visit.evaluated(catcher.output, errorOutput=error)
            led = visit.go(catcher.next, told, visit.assigned(catcher.assign, errorOutput=error))
        else:
            path, data = catcher.result_path, visit.position.data
            data = data if path is None else paths.put(path, data, error)
            led = visit.go(catcher.next, data, visit.assigned(catcher.assign, data=error))
    except StateFailure as another:
        return Fail(error=another.error, cause=another.cause)
    return replace(led, caught_at=visit.position) if isinstance(led, Go) else led
