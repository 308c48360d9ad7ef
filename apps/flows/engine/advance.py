"""The transitions: from where a branch stands, and what happened, to what comes next. Pure: no database, no clock."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from apps.flows.engine import failing, forks, mapping, states
from apps.flows.engine.lines import Lines
from apps.flows.engine.outcomes import Act, ActionEnded, BranchFailed, Event, Joined, Outcome, Step, Woke
from apps.flows.engine.positions import Position, World
from apps.flows.engine.visit import Visit, leave
from apps.flows.errors import UNFORESEEN
from apps.flows.language.definition import Action, Map, Parallel, State, Wait
from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import ErrorName, StateFailure

log = logging.getLogger(__name__)
_ENTER: dict[str, Callable[..., Outcome]] = {
    "Pass": states.pass_on,
    "ExpressionEval": states.evaluate,
    "Succeed": states.succeed,
    "Fail": states.fail,
    "Choice": states.choose,
    "Wait": states.wait,
    "Action": states.act,
    "Parallel": forks.split,
    "Map": mapping.begin,
}


def enter(world: World, position: Position, now: datetime) -> Step:
    """Begin the state at which the branch stands, for the first time or again."""
    visit = Visit(world, position, now)
    state, again = visit.state, bool(position.retries)
    outcome, failure = _tried(visit, lambda: _ENTER[state.type](visit, state))
    lines = Lines(state, failure)
    more = {"parameters": lines.told(outcome.body), "action_url": outcome.url} if isinstance(outcome, Act) else {}
    lines.add(
        f"{state.type}{'Retried' if again else 'Started'}",
        f"State {state.name} of type {state.type} started{' again' if again else ''}",
        input=lines.told(position.data),
        **more,
    )
    return lines.step(outcome)


def resume(world: World, position: Position, event: Event, now: datetime) -> Step:
    """Go on after what happened."""
    visit = Visit(world, position, now)
    outcome, failure = _tried(visit, lambda: _after(visit, visit.state, event))
    return Lines(visit.state, failure, event).step(outcome)


def _tried(visit: Visit, work: Callable[[], Outcome]) -> tuple[Outcome, StateFailure | None]:
    try:
        return work(), None
    except StateFailure as failure:
        return failing.settle(visit, failure), failure
    except Exception:  # a defect of ours ends the state, and not every worker that comes by
        log.exception("state %s met an error that nobody foresaw", visit.position.state)
        defect = StateFailure(ErrorName.RUNTIME, UNFORESEEN)
        return failing.settle(visit, defect), defect


def _after(visit: Visit, state: State, event: Event) -> Outcome:
    match event, state:
        case Woke(), Wait():
            return states.after_wait(visit)
        case ActionEnded(), Action():
            return leave(visit, state, _result(visit.world, state, event))
        case ActionEnded(), Map():
            return mapping.after_action(visit, state, event)
        case Joined(), Map():
            return mapping.joined(visit, state, event.outputs)
        case Joined(), Parallel():
            return leave(visit, state, event.outputs)
        case BranchFailed(), _:
            raise StateFailure(event.error, event.cause)
    raise AssertionError(f"{state.type} is not woken by {type(event).__name__}")


def _result(world: World, state: Action, event: ActionEnded) -> Any:
    if event.error:
        raise StateFailure(_named(world, event.error), event.cause)
    if not event.has_succeeded and state.fails_with_action:
        raise StateFailure(_named(world, failing.FAILED), event.cause or json.dumps(dict(event.document)))
    return event.document.get("details") if state.gives_details else dict(event.document)


def _named(world: World, error: str) -> str:
    """An error of an action as the definition's language calls it."""
    if world.dialect is Dialect.GLOBUS:
        return error
    names = {failing.LATE: "States.Timeout", failing.UNABLE: failing.TASK_FAILED, failing.FAILED: failing.TASK_FAILED}
    return names.get(error, error)
