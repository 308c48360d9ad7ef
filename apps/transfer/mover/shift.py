"""A turn of a task, from its beginning to its end, whatever ends it."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from apps.common.errors import PortalError
from apps.storage.errors import SignInFailed, StorageAway
from apps.storage.types import FilePath
from apps.transfer.models import Event, File, Task
from apps.transfer.mover import removal
from apps.transfer.mover.copying import transfer
from apps.transfer.mover.crowd import Crowd
from apps.transfer.mover.faults import Fault, pause_after
from apps.transfer.mover.job import Fatal, Interrupted, Job, Why, opened
from apps.transfer.mover.pieces import AT_ONCE, Pieces, all_uploads, give_up
from apps.transfer.mover.scan import PUT, files_to_send, scan, write_down
from apps.transfer.mover.strays import sweep
from apps.transfer.mover.turns import Clock, Turn, TurnLost, take
from apps.transfer.mover.work import Gone
from apps.transfer.signals import task_ended
from apps.transfer.types import digest_of

log = logging.getLogger(__name__)
Stage, Status, Wanted, Action, State = Task.Stage, Task.Status, Task.Wanted, File.Action, File.State
UNTIL_DONE = {Action.COPY, Action.FOLDER, Action.LINK}
OUT_OF_REACH = (StorageAway, SignInFailed)


def work(*, clock: Clock) -> None:
    """Serve tasks, turn by turn, until none is due."""
    while (turn := take(clock)) is not None:
        serve(turn, clock)


def serve(turn: Turn, clock: Clock) -> None:
    """Bring a task on, for a turn."""
    try:
        with turn.beating(clock):
            _serve_whatever_happens(turn, clock)
    except TurnLost:
        log.warning("another process took over transfer %s", turn.task_id)


def _serve_whatever_happens(turn: Turn, clock: Clock) -> None:
    try:
        _serve(turn, clock)
    except TurnLost:
        raise
    except Exception as error:
        log.exception("transfer %s met an error that nobody foresaw", turn.task_id)
        _put_off(turn, clock, "UNKNOWN", f"{type(error).__name__}: {error}")


def _serve(turn: Turn, clock: Clock) -> None:
    try:
        with opened(turn, clock) as job:
            _go(job)
    except Gone as error:
        _fail(turn, clock, "ENDPOINT_GONE", str(error))
    except Fault as fault:
        if fault.is_final(1):
            _fail(turn, clock, fault.code, fault.message)
        else:
            _put_off(turn, clock, fault.code, fault.message)
    except OUT_OF_REACH as error:
        _put_off(turn, clock, Fault(error, of_source=False).code, error.message)
    except PortalError as error:
        _fail(turn, clock, "ENDPOINT_ERROR", error.message)


def _go(job: Job) -> None:
    turn, clock = job.turn, job.clock
    try:
        job.tick()
        turn.hold(status=Status.ACTIVE)
        while job.task.stage != Stage.DONE:
            _advance(job)
        _finish(job)
    except Fatal as fatal:
        _clear(job)
        _fail(turn, clock, fatal.fault.code, fatal.fault.message)
    except Interrupted as interruption:
        match interruption.why:
            case Why.PAUSED:
                turn.release(status=Status.INACTIVE, due_at=None)
            case Why.CANCELED:
                _clear(job)
                _fail(turn, clock, "CANCELED", "The task was canceled.")
            case Why.EXPIRED:
                _clear(job)
                _fail(turn, clock, "DEADLINE", _overdue(job))
            case _:
                turn.release(due_at=interruption.due_at)


def _advance(job: Job) -> None:
    """Do one stage to its end."""
    task = job.task
    match task.stage:
        case Stage.SCAN:
            scan(job, files_to_send if task.is_transfer else removal.files_to_delete)
            following = Stage.COPY if task.is_transfer else Stage.DELETE
        case Stage.COPY:
            _copy_all(job)
            following = Stage.EXTRA if job.options.delete_destination_extra else Stage.DONE
        case Stage.EXTRA:
            _find_extras(job)
            following = Stage.DELETE
        case _:
            _delete_all(job)
            following = Stage.DONE
    job.turn.hold(stage=following)
    task.stage = following


def _copy_all(job: Job) -> None:
    with ThreadPoolExecutor(2 * AT_ONCE, thread_name_prefix="pieces") as pool:
        do = partial(transfer, job, send=partial(Pieces(pool).send, job))
        Crowd(job, UNTIL_DONE, do, threads=settings.TRANSFER_FILES_AT_ONCE).work()


def _find_extras(job: Job) -> None:
    """Nothing is deleted unless all was transferred: what seems to be too much may be what could not be read."""
    if job.ledger.lines.filter(state__in=[State.FAILED, State.SKIPPED]).exists():
        told = "Nothing was deleted at the destination, because not everything was transferred."
        job.ledger.tell(job.clock(), "EXTRA_KEPT", told)
        job.flush()
        return
    for item in job.task.items.exclude(is_recursive=False):
        digest = digest_of(PUT, item.destination)
        if job.ledger.lines.filter(digest=digest, action=Action.FOLDER).exists():
            write_down(job, removal.extras(job, item))
    job.ledger.count()


def _delete_all(job: Job) -> None:
    do = partial(removal.delete, job)
    Crowd(job, [Action.DELETE], do, threads=settings.TRANSFER_FILES_AT_ONCE).work()
    Crowd(job, [Action.REMOVE], do, threads=1).work()


def _finish(job: Job) -> None:
    sweep(job)
    failed = job.ledger.lines.filter(state=State.FAILED).order_by("pk")
    first = failed.first()
    if first is None:
        _end(job.turn, job.clock(), status=Status.SUCCEEDED, trouble="", trouble_details="")
    else:
        told = f"{failed.count()} of {job.ledger.lines.count()} could not be done. The first: {_reason(first)}"
        _fail(job.turn, job.clock, first.error_code, told)


def _reason(line: File) -> str:
    path = str(FilePath.from_key(line.source_key or line.destination_key))
    return line.error_details if path in line.error_details else f"{path}: {line.error_details}"


def _clear(job: Job) -> None:
    for line in all_uploads(job):
        give_up(job, line)
    sweep(job)


def _overdue(job: Job) -> str:
    trouble = job.task.trouble_details
    return f"It was not done by its deadline.{f' Its last trouble: {trouble}' if trouble else ''}"


def _put_off(turn: Turn, clock: Clock, code: str, message: str) -> None:
    """Try the whole task again later. Past its deadline it fails."""
    task = Task.objects.get(pk=turn.task_id)
    now = clock()
    if task.wanted == Wanted.CANCEL:
        _fail(turn, clock, "CANCELED", "The task was canceled.")
    elif task.wanted == Wanted.PAUSE:
        turn.release(status=Status.INACTIVE, due_at=None)
    elif task.deadline <= now:
        _fail(turn, clock, code, f"It was not done by its deadline: {message}")
    else:
        _tell(task, now, code, message, is_error=True)
        turn.release(
            due_at=now + pause_after(task.setbacks + 1),
            setbacks=task.setbacks + 1,
            faults=task.faults + 1,
            trouble=code,
            trouble_details=message,
        )


def _fail(turn: Turn, clock: Clock, code: str, message: str) -> None:
    _end(turn, clock(), status=Status.FAILED, fatal_code=code, fatal_message=message)


def _end(turn: Turn, now: datetime, **changes: object) -> None:
    """Once and for all."""
    with transaction.atomic():
        turn.hold(completed_at=now, lease_until=None, due_at=None, **changes)
        task = Task.objects.select_related("owner").get(pk=turn.task_id)
        _tell(task, now, task.fatal_code or "SUCCEEDED", task.fatal_message or "The task succeeded.")
        transaction.on_commit(partial(task_ended.send_robust, sender=Task, task=task))
        turn.release()


def _tell(task: Task, now: datetime, code: str, message: str, *, is_error: bool = False) -> None:
    is_error = is_error or task.status == Status.FAILED
    Event.objects.create(task=task, at=now, code=code, description=message[:200], details=message, is_error=is_error)
