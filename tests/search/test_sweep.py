"""The sweeper does what no message told of: a lost doorbell, a worker that died, an upload that never ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.search import ledger
from apps.search import services as search
from apps.search.backends import engine
from apps.search.models import Entry, Index, Lease, Part, Task
from apps.search.tasks import SILENCE, sweep
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db


def test_a_task_whose_message_was_lost_is_done(index, alice, find):
    search.submit_entries(index=index, actor=alice, entries=[entry("a")])

    sweep()

    assert find() == ["a"]


def test_the_work_of_a_worker_that_died_is_taken_over_when_its_lease_has_ended(index, alice, find):
    search.submit_entries(index=index, actor=alice, entries=[entry("a")])
    Lease.claim(index.pk, now=timezone.now())

    sweep()
    assert find() == []

    Index.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep()
    assert find() == ["a"]


def test_an_index_whose_engine_was_away_waits_until_it_is_due(index, alice, find):
    search.submit_entries(index=index, actor=alice, entries=[entry("a")])
    Index.objects.update(retry_at=timezone.now() + timedelta(minutes=1))

    sweep()

    assert find() == []


def test_an_upload_that_went_silent_is_given_up(index):
    long_ago = timezone.now() - SILENCE * 2
    task = ledger.open_task(index=index, task_type="INGEST", created_by="", now=long_ago)
    ledger.append(task, [entry("a")], now=lambda: long_ago)

    sweep()

    task.refresh_from_db()
    assert (task.state, task.message) == ("FAILED", "The upload broke off. Send it again.")
    assert not Part.objects.exists()


def test_an_upload_that_still_comes_is_left_alone(index):
    task = ledger.open_task(index=index, task_type="INGEST", created_by="", now=timezone.now() - SILENCE * 2)
    ledger.append(task, [entry("a")], now=timezone.now)

    sweep()

    assert Task.objects.get().state == "CREATING"


def test_a_deleted_index_goes_for_good_when_its_time_has_come(index, alice, put):
    put(entry("a"))
    search.delete_index(index=index, actor=alice)
    sweep()
    assert Index.objects.exists()

    Index.objects.update(delete_at=timezone.now())
    sweep()

    assert (Index.objects.count(), Entry.objects.count()) == (0, 0)
    assert list(engine().stores(str(index.pk))) == []


def test_a_reopened_index_stays(index, alice):
    search.delete_index(index=index, actor=alice)
    search.reopen_index(index=Index.objects.get(), actor=alice)

    sweep()

    assert Index.objects.get().status == "open"
