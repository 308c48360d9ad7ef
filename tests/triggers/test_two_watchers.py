"""A watcher that was held up finds that another has gone on in its place: nothing is started twice."""

import threading
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from apps.storage import services as storage
from apps.triggers import engine
from apps.triggers.engine import noticing
from tests.triggers.conftest import batches, fates


@pytest.fixture
def held_up(beamline, alice, monkeypatch):
    """``held_up(meanwhile)``: the storage, which is slow in telling of a file, so that something happens before."""

    @contextmanager
    def begin(meanwhile):
        with storage.opened(beamline, actor=alice) as there:
            stat = there.stat

            def late(path):
                told = stat(path)
                monkeypatch.setattr(there, "stat", stat)
                meanwhile()
                return told

            monkeypatch.setattr(there, "stat", late)
            yield there

    return begin


def test_a_file_that_another_took_meanwhile_is_not_settled_again(make_trigger, look, raw, clock, held_up):
    trigger = make_trigger()
    (raw / "a.cbf").write_text("image")
    look(trigger)
    clock.forward(5)

    with held_up(lambda: look(trigger)) as there:
        engine.settle(trigger, trigger.watched, there, clock())
    look(trigger)

    assert batches(trigger) == [["a.cbf"]]


def test_a_file_that_changed_for_another_meanwhile_has_to_settle_anew(make_trigger, look, raw, clock, held_up):
    trigger = make_trigger()
    (raw / "a.cbf").write_text("half")
    look(trigger)
    clock.forward(5)

    def change():
        (raw / "a.cbf").write_text("image")
        look(trigger)

    with held_up(change) as there:
        engine.settle(trigger, trigger.watched, there, clock())

    assert fates(trigger) == {"a.cbf": "new"}


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_being_noticed_is_taken_by_another_after_that(make_trigger, look, raw, clock, monkeypatch):
    trigger = make_trigger()
    (raw / "a.cbf").write_text("half")
    look(trigger)
    (raw / "a.cbf").write_text("image")
    save, other = noticing._save, threading.Thread(target=in_a_thread, args=(look, trigger))

    def late(*told):
        monkeypatch.undo()
        other.start()
        other.join(0.5)  # it gets no further than this one lets it
        save(*told)

    monkeypatch.setattr(noticing, "_save", late)
    look(trigger)
    other.join(30)
    look(trigger, passes=5)
    assert batches(trigger) == [["a.cbf"]]


def in_a_thread(look, trigger):
    with closing(connection):
        look(trigger)
        look(trigger, passes=5)
