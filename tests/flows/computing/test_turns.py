"""One job is run by one worker at a time, and by another when that one dies."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.flows import computing
from apps.flows.computing.running import MOST_ATTEMPTS
from apps.flows.computing.turns import Turn, take
from apps.flows.models import Action, Job
from tests.flows.computing.conftest import worker_on
from tests.waiting import until

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(register, bob):
    """Something that naps until its folder says so, asked for by Bob."""

    def job(folder, number=0, name="nap"):
        function = register("nap")
        asked = {"provider": "compute", "creator": "bob", "body": {}, "started_at": timezone.now()}
        action, _ = Action.objects.get_or_create(request_id="one", defaults=asked)
        now = timezone.now()
        told = {"kwargs": {"folder": str(folder), "name": name}, "queue": function.queue}
        told |= {"asked_at": now, "turn_at": now}
        return Job.objects.create(action=action, number=number, function=function, **told)

    return job


def test_each_of_several_workers_gets_another_job(job, tmp_path):
    jobs = {job(tmp_path, number).pk for number in range(3)}
    taken = [take("compute", timezone.now()) for _ in range(4)]

    assert {turn.job_id for turn in taken[:3]} == jobs
    assert taken[3] is None


def test_workers_of_another_queue_leave_it_alone(job, tmp_path):
    job(tmp_path)

    assert take("gpu", timezone.now()) is None
    assert computing.waiting(timezone.now(), 5) == {"compute": 1}


def test_for_jobs_that_wait_long_it_is_rung_once_a_minute(job, tmp_path):
    asked_at = job(tmp_path).asked_at.replace(second=0)
    Job.objects.update(asked_at=asked_at)

    def rung(seconds, most=5):
        return computing.waiting(asked_at + timedelta(seconds=seconds), most)

    assert [rung(second) for second in (1, 20, 29)] == [{"compute": 1}] * 3
    assert [rung(second) for second in (31, 59, 60, 64, 65)] == [{}, {}, {"compute": 1}, {"compute": 1}, {}]
    take("compute", asked_at)
    assert rung(50) == {"compute": 1}  # its worker died


def test_whoever_lost_its_turn_writes_nothing(job, tmp_path, work):
    made = job(tmp_path)
    (tmp_path / "go").touch()
    turn = take("compute", timezone.now() - timedelta(seconds=20))
    work()

    assert not turn.held.update(status=Job.Status.FAILED)
    made.refresh_from_db()
    assert (made.status, made.attempts, made.output) == ("succeeded", 2, "nap")


def test_a_job_whose_workers_die_again_and_again_is_given_up(job, tmp_path, work):
    made = job(tmp_path)
    Job.objects.filter(pk=made.pk).update(attempts=MOST_ATTEMPTS)
    work()
    made.refresh_from_db()

    assert (made.status, made.error_code) == ("failed", "flows.workers_died")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["canceled", "taken over"])
def test_one_that_runs_is_ended(job, tmp_path, work, how, monkeypatch):
    made = job(tmp_path)

    def worker():
        work()
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    until((tmp_path / "nap-1").exists)
    changes = {"cancel_at": timezone.now()} if how == "canceled" else {"lease": "another", "attempts": 2}
    Job.objects.filter(pk=made.pk).update(**changes)
    thread.join(20)
    made.refresh_from_db()

    assert made.status == ("canceled" if how == "canceled" else "running")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_nothing_and_another_takes_over(job, tmp_path, work):
    made = job(tmp_path)
    with worker_on(connection) as worker:
        until((tmp_path / "nap-1").exists)
        worker.kill()
    first = (tmp_path / "nap-1").read_text()
    later = timezone.now() + Turn.SPAN
    (tmp_path / "go").touch()
    computing.work("compute", clock=lambda: later)
    made.refresh_from_db()

    assert (made.status, made.attempts) == ("succeeded", 2)
    assert (tmp_path / "nap-2").read_text() == first == made.request_id
