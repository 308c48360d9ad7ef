"""A rebuild that is asked for on a page is done by a worker, whatever becomes of the message."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.search import rebuild as rebuilding
from apps.search import services as search
from apps.search.models import Index
from apps.search.tasks import rebuild, sweep

AT = "/crystals/manage/settings/"


@pytest.fixture
def alices(client, shelf, alice):
    client.force_login(alice)
    return client


def state(client):
    return client.get(AT).context["rebuild"]


def test_a_rebuild_is_asked_for_done_and_over(alices, shelf):
    alices.post(f"{AT}rebuild/")
    assert state(alices).is_waiting
    assert b'data-refresh="2"' in alices.get(AT).content

    rebuild(index_id=str(shelf.pk))

    assert (state(alices).is_waiting, state(alices).is_running) == (False, False)
    assert Index.objects.get(pk=shelf.pk).generation == 2
    assert alices.get("/crystals/").context["page"].count == "6 records"


def test_its_progress_is_told_whoever_started_it(alices, shelf, monkeypatch):
    monkeypatch.setattr(rebuilding, "CHUNK", 3)
    steps = rebuilding.rebuild(shelf.pk, clock=timezone.now)
    next(steps)

    told = state(alices)

    assert (told.is_running, told.share) == (True, 40)
    steps.close()
    assert state(alices).is_broken_off


def test_it_cannot_be_asked_for_twice(alices, shelf):
    alices.post(f"{AT}rebuild/")

    again = alices.post(f"{AT}rebuild/", follow=True)

    assert b"Another process is rebuilding this index" in again.content


def test_a_message_that_comes_twice_changes_nothing(alices, shelf):
    alices.post(f"{AT}rebuild/")

    for _ in range(2):
        rebuild(index_id=str(shelf.pk))

    assert Index.objects.get(pk=shelf.pk).generation == 2


def test_why_it_failed_is_told(alices, shelf, monkeypatch):
    monkeypatch.setattr(rebuilding, "views_of", lambda index, subjects: iter(()))
    alices.post(f"{AT}rebuild/")

    rebuild(index_id=str(shelf.pk))

    assert state(alices).problem.startswith("The new store has 0 subjects")


def test_one_whose_worker_died_is_rung_for_again(shelf, alice, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(rebuild, "apply_async", lambda kwargs, retry: rung.append(kwargs))
    search.start_rebuild(index=shelf, actor=alice)

    def swept(lease_ends_in):
        Index.objects.update(rebuild_lease="dead", rebuild_lease_until=timezone.now() + lease_ends_in)
        with django_capture_on_commit_callbacks(execute=True):
            sweep()
        return list(rung)

    assert swept(timedelta(minutes=1)) == []
    assert swept(timedelta(seconds=-1)) == [{"index_id": str(shelf.pk)}]
