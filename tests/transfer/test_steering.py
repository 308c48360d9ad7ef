"""Tasks are paused, resumed, canceled, given up, and taken over."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.backends.posix import PosixStorage
from apps.storage.errors import QuotaExceeded, SignInFailed, StorageAway
from apps.storage.types import FilePath
from apps.transfer import mover
from apps.transfer import services as transfer
from apps.transfer.models import Task
from apps.transfer.mover import turns
from apps.transfer.mover.crowd import Crowd
from apps.transfer.signals import task_ended
from tests.transfer.conftest import fill, mover_running, tree, wish
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gate(monkeypatch):
    """The third piece of any large file waits here until it is opened."""

    class Gate:
        reached, is_open, noticed = threading.Event(), threading.Event(), threading.Event()

    write, break_off = PosixStorage.write_chunk, Crowd._break_off

    def noticed(self):
        self.job.stop.set()
        Gate.noticed.set()
        break_off(self)

    def held(self, upload, number, data):
        if number == 2:
            Gate.reached.set()
            assert Gate.is_open.wait(30)
        return write(self, upload, number, data)

    monkeypatch.setattr(PosixStorage, "write_chunk", held)
    monkeypatch.setattr(Crowd, "_break_off", noticed)
    yield Gate
    Gate.is_open.set()


def sent(monkeypatch):
    """The numbers of the pieces that are written from now on."""
    numbers = []
    write = PosixStorage.write_chunk
    monkeypatch.setattr(
        PosixStorage,
        "write_chunk",
        lambda self, upload, number, data: (numbers.append(number), write(self, upload, number, data))[1],
    )
    return numbers


def visible(folder):
    """What a listing tells of."""
    return [entry.path.name for entry in PosixStorage(root=str(folder)).list(FilePath())]


def interrupted(task, gate, act):
    """Do something to a task while a large file of its is under way."""
    with mover_running():
        assert gate.reached.wait(30)
        act(task)
        assert gate.noticed.wait(30)
        gate.is_open.set()
        until(lambda: Task.objects.get(pk=task.pk).lease == "")
    task.refresh_from_db()


def test_a_paused_task_goes_on_with_what_was_not_sent(here, there, submit, moved, gate, monkeypatch):
    fill(here, big=100 << 20)
    task = submit(wish("/big"))
    interrupted(task, gate, transfer.pause_task)
    assert (task.status, visible(there)) == ("INACTIVE", [])

    transfer.resume_task(task)
    numbers = sent(monkeypatch)

    assert moved(task).status == "SUCCEEDED"
    assert tree(there) == tree(here)
    assert len(numbers) < 7
    assert task.bytes_sent == 100 << 20


def test_of_a_canceled_task_nothing_is_left_under_way(here, there, submit, gate):
    fill(here, big=100 << 20)
    task = submit(wish("/big"))

    interrupted(task, gate, transfer.cancel_task)

    assert (task.status, task.fatal_code) == ("FAILED", "CANCELED")
    assert list(there.iterdir()) == []


def test_a_task_fails_at_its_deadline(here, there, submit, moved):
    fill(here, a=1)
    task = submit(wish("/a"))
    Task.objects.filter(pk=task.pk).update(deadline=timezone.now() - timedelta(seconds=1))

    assert (moved(task).status, task.fatal_code) == ("FAILED", "DEADLINE")
    assert tree(there) == {}


def test_a_storage_that_is_away_is_waited_for(here, there, submit, moved, monkeypatch):
    fill(here, a=1)
    task = submit(wish("/a"))
    with monkeypatch.context() as away:
        away.setattr(PosixStorage, "stat", raising(StorageAway()))
        assert (moved(task).status, task.trouble) == ("ACTIVE", "ENDPOINT_ERROR")
        assert task.due_at > timezone.now()

    mover.work(clock=lambda: timezone.now() + timedelta(minutes=10))

    task.refresh_from_db()
    assert (task.status, tree(there)) == ("SUCCEEDED", tree(here))


def test_a_storage_that_stays_away_is_tried_less_and_less_often(here, submit, moved, monkeypatch):
    fill(here, **{f"f{number}": 1 for number in range(100)})
    task = submit(wish("/"))
    with monkeypatch.context() as away:
        away.setattr(PosixStorage, "write", raising(StorageAway()))
        setbacks = [due_again(moved(task)).setbacks for _ in range(3)]

    assert (setbacks, moved(task).status, task.setbacks) == ([1, 2, 3], "SUCCEEDED", 0)


def due_again(task):
    """As if the time had come for which the task and its files wait."""
    Task.objects.filter(pk=task.pk).update(due_at=None)
    task.ledger.update(due_at=None)
    return task


def test_what_keeps_a_storage_from_being_opened_is_told(here, submit, moved, monkeypatch):
    fill(here, a=1)
    monkeypatch.setattr("apps.transfer.mover.shift.opened", raising(SignInFailed()))

    assert moved(submit(wish("/a"))).trouble == "AUTH"


def test_whoever_lost_a_turn_ends_nothing_by_an_error_either(here, submit, moved, monkeypatch):
    fill(here, a=1)
    task = submit(wish("/a"))

    def taken_away(turn, clock):
        turn.held.update(lease="another's", lease_until=timezone.now() + timedelta(minutes=1), wanted="cancel")
        raise RuntimeError("too late")

    monkeypatch.setattr("apps.transfer.mover.shift.opened", taken_away)

    assert (moved(task).status, task.lease) == ("ACTIVE", "another's")


def raising(error):
    def act(*_, **__):
        raise error

    return act


def test_rights_that_were_taken_away_are_not_used(here, there, source, destination, alice, bob, submit, moved):
    fill(here, a=1)
    who = identity_urn(accounts.identity_ids_of(bob)[0])
    told = {"actor": alice, "principal": who, "path": FilePath()}
    storage.add_rule(collection=source, permissions="r", **told)
    rule = storage.add_rule(collection=destination, permissions="rw", **told)
    task = submit(wish("/a"), actor=bob)

    storage.remove_rule(rule=rule, actor=alice)

    assert (moved(task).status, task.fatal_code, tree(there)) == ("FAILED", "PERMISSION_DENIED", {})


def test_a_task_of_a_process_that_died_is_taken_over(here, there, submit, moved):
    fill(here, a=1)
    task = submit(wish("/a"))
    turn = turns.take(timezone.now)

    assert moved(task).status == "ACTIVE"  # the dead one's lease still lasts
    mover.work(clock=lambda: timezone.now() + turns.Turn.SPAN * 2)

    task.refresh_from_db()
    assert task.status == "SUCCEEDED"
    with pytest.raises(turns.TurnLost):
        turn.hold(label="from beyond")


def test_the_end_of_a_task_is_announced_once(here, submit, moved):
    fill(here, a=1)
    heard = []
    task_ended.connect(lambda task, **_: heard.append(task.status), weak=False, dispatch_uid="test")
    try:
        moved(submit(wish("/a")))
    finally:
        task_ended.disconnect(dispatch_uid="test")

    assert heard == ["SUCCEEDED"]


@pytest.mark.parametrize(("ends", "status"), [(True, "FAILED"), (False, "ACTIVE")])
def test_a_full_storage_ends_the_task_only_if_that_was_asked_for(here, submit, moved, monkeypatch, ends, status):
    fill(here, **{f"f{number}": 1 for number in range(100)})
    monkeypatch.setattr(PosixStorage, "write", raising(QuotaExceeded()))

    task = moved(submit(wish("/"), fail_on_quota_errors=ends))

    assert (task.status, task.trouble or task.fatal_code) == (status, "QUOTA_EXCEEDED")
    assert task.faults < 100


def test_a_task_is_paused_while_its_storage_is_away(here, submit, moved, monkeypatch):
    fill(here, a=1)
    task = submit(wish("/a"))
    monkeypatch.setattr("apps.transfer.mover.shift.opened", raising(StorageAway()))
    moved(task)

    transfer.pause_task(task)

    assert moved(task).status == "INACTIVE"
