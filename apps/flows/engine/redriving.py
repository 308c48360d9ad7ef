"""A run that failed goes on from where it stands."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from apps.flows.engine import mapping
from apps.flows.engine.journal import Journal
from apps.flows.engine.outcomes import Entry
from apps.flows.engine.positions import Position
from apps.flows.engine.worlds import definition_of
from apps.flows.errors import StateConflict
from apps.flows.language.definition import Definition, Fail
from apps.flows.models import Branch, Run, Version

Stage, Status = Branch.Stage, Branch.Status


def redrive(run: Run, version: Version, now: datetime) -> None:
    """The branches that failed or were broken off begin their states again; those that succeeded stay as they are.

    The run's row must be held.

    Raises:
        StateConflict: it did not fail, or the version does not know the states where it stands.
    """
    if run.status != Run.Status.FAILED:
        raise StateConflict(f"Only a run that failed can be driven again; this one is {run.status}.")
    root = run.branches.get(parent=None)
    open_ones = _open(root)
    for branch in open_ones:
        _step_back(definition_of(run.version), branch)
    for branch in open_ones:
        _require_known(definition_of(version), branch)
    for branch in open_ones:
        _begin_again(branch, now)
    lasted = run.deadline - run.started_at
    run.version, run.status, run.wanted = version, Run.Status.ACTIVE, Run.Wanted.RUN
    run.ended_at, run.cancel_at, run.halt, run.output = None, None, None, None
    run.error_name, run.error_cause = "", ""
    run.redrives += 1
    run.due_at, run.deadline, run.news_at = now, now + lasted, None
    journal = Journal(run, now)
    told = {"states": sorted({branch.position["state"] for branch in open_ones}), "version": version.number}
    journal.add(Entry(code="FlowRedriven", description="The flow run goes on from where it failed", details=told))
    journal.save()
    run.save()


def _open(branch: Branch) -> list[Branch]:
    """This one, and those of its last fork that did not succeed, all the way down."""
    found = [branch]
    for child in _children(branch).exclude(status=Status.SUCCEEDED):
        found += _open(child)
    return found


def _children(branch: Branch) -> QuerySet[Branch]:
    """Those of the fork at which it stands."""
    writes = branch.position.get("phase") == mapping.WRITING  # with an action of its own, after the fork
    if branch.fork_visit and (writes or branch.fork_visit == branch.visit):
        return branch.children.filter(born_at=branch.fork_visit)
    return branch.children.none()


def _step_back(definition: Definition, branch: Branch) -> None:
    """From a ``Fail``, which could only fail again, to where the error was caught that led there."""
    state = definition.state(branch.position["machine"], branch.position["state"])
    if isinstance(state, Fail) and branch.caught is not None:
        branch.position, branch.caught = {**branch.caught, "phase": ""}, None


def _require_known(definition: Definition, branch: Branch) -> None:
    machine, state = branch.position["machine"], branch.position["state"]
    known = definition.machines.get(machine)
    if known is None or state not in known.states:
        raise StateConflict(f"The version has no state {state!r}, where the run stands. Choose one that has it.")


def _begin_again(branch: Branch, now: datetime) -> None:
    children = _children(branch)
    branch.status, branch.error_name, branch.error_cause, branch.output = Status.ACTIVE, "", "", None
    ended = children.filter(status=Status.SUCCEEDED).count()
    if children and (ended < len(children) or ended == branch.children_total):
        branch.stage, branch.children_ended, branch.children_failed = Stage.JOIN, ended, 0
        branch.due_at = now if ended == branch.children_total else None
    else:  # also where a fork could not begin its next branch: then there is none that could go on
        position = Position.from_json(branch.position)
        branch.position = position.at(position.state, position.data, position.variables, now).as_json()
        branch.stage, branch.due_at = Stage.GO, now
    branch.save()
