"""Forks in the rows: branches that begin, what their ends add up to, and how they are broken off."""

from __future__ import annotations

from collections.abc import Iterable

from apps.flows.engine import forks
from apps.flows.engine.outcomes import BranchFailed, Fork, Joined
from apps.flows.engine.positions import Position, World
from apps.flows.engine.rows import Rows
from apps.flows.engine.telling import told_error
from apps.flows.engine.visit import Visit
from apps.flows.language.failures import StateFailure
from apps.flows.models import Action, Branch

Stage, Status = Branch.Stage, Branch.Status


def fork(rows: Rows, world: World, branch: Branch, asked: Fork) -> None:
    """Begin the first branches; one without any goes on at once."""
    rows.change(
        branch,
        visit=branch.visit + 1,
        fork_visit=branch.visit + 1,
        stage=Stage.JOIN,
        due_at=None if asked.items else rows.now,
        items=asked.items,
        most_at_once=asked.most_at_once,
        tolerated=asked.tolerated,
        children_total=len(asked.items),
        children_begun=0,
        children_ended=0,
        children_failed=0,
        error_name="",
        error_cause="",
    )
    begin_children(rows, world, branch)


def begin_children(rows: Rows, world: World, branch: Branch) -> None:
    """As many as there is room for."""
    visit = Visit(world, Position.from_json(branch.position), rows.now)
    until = min(branch.children_total, branch.children_ended + branch.most_at_once)
    try:
        for number in range(branch.children_begun, until):
            rows.begin(branch, number, forks.child(visit, number, branch.items[number]))
    except StateFailure as failure:
        rows.change(branch, **told_error(failure.error, failure.cause))
        _fail(rows, branch)
    rows.change(branch, children_begun=max(until, branch.children_begun))


def _fail(rows: Rows, branch: Branch) -> None:
    """It goes on as one whose branches failed."""
    break_off_below(rows, branch)
    rows.change(branch, due_at=rows.now)


def child_ended(rows: Rows, world: World, child: Branch) -> None:
    """Tell the parent: with the last one, or with one that failed too many, it goes on."""
    assert child.parent_id is not None
    parent = rows.by_id(child.parent_id)
    if parent.stage != Stage.JOIN or parent.fork_visit != child.born_at:
        return
    failed = parent.children_failed + (child.status == Status.FAILED)
    rows.change(parent, children_ended=parent.children_ended + 1, children_failed=failed)
    if failed > parent.tolerated:
        _fail(rows, parent)
    elif parent.children_ended == parent.children_total:
        rows.change(parent, due_at=rows.now)
    else:
        begin_children(rows, world, parent)


def joined(branch: Branch, *, with_outputs: bool = True) -> Joined | BranchFailed:
    """What the branches have come to; what they came to must be saved. Outputs that somebody else looks at are not
    read: they may be gigabytes."""
    if branch.error_name:  # one could not even begin
        return BranchFailed(error=branch.error_name, cause=branch.error_cause)
    ended = branch.children.filter(born_at=branch.fork_visit).order_by("number")
    if branch.children_failed > branch.tolerated:
        return _failed(branch, ended.filter(status=Status.FAILED).order_by("id")[:1])
    return Joined(outputs=[_output(one) for one in ended] if with_outputs else [])


def _failed(branch: Branch, failed: Iterable[Branch]) -> BranchFailed:
    if branch.tolerated:
        told = f"{branch.children_failed} of {branch.children_total} items failed; {branch.tolerated} may."
        return BranchFailed(error=forks.TOO_MANY_FAILED, cause=told)
    first = next(iter(failed))
    return BranchFailed(error=first.error_name, cause=first.error_cause)


def _output(one: Branch) -> object:
    if one.status == Status.FAILED:
        return {"Error": one.error_name, "Cause": one.error_cause}
    return one.output


def break_off(rows: Rows) -> None:
    """Nothing of the run goes on any more."""
    active = set(Branch.objects.filter(run=rows.run, status=Status.ACTIVE).values_list("pk", flat=True))
    _end(rows, active)


def break_off_below(rows: Rows, parent: Branch) -> None:
    """All branches below end where they are, and their actions are canceled."""
    rows.save()
    below: set[int] = set()
    level = [parent.pk]
    while level:
        level = list(Branch.objects.filter(parent__in=level, status=Status.ACTIVE).values_list("pk", flat=True))
        below.update(level)
    _end(rows, below)
    cancel_actions(rows, below)


def _end(rows: Rows, pks: set[int]) -> None:
    rows.forget(pks)
    Branch.objects.filter(pk__in=pks).update(status=Status.CANCELED, stage=Stage.DONE, due_at=None)


def cancel_actions(rows: Rows, among: Iterable[int] | None = None) -> bool:
    """Ask for the end of the actions that are under way, of these branches alone or of all; whether there are any."""
    live = Action.objects.filter(run=rows.run, completed_at=None)
    if among is not None:
        live = live.filter(branch__in=list(among))
    for action in live.filter(cancel_at=None):
        action.lease = ""  # Who has it in hand keeps it: it is not for whoever makes this turn.
        rows.canceled.append(action)
    live.filter(cancel_at=None).update(cancel_at=rows.now, due_at=rows.now)
    return live.exists()
