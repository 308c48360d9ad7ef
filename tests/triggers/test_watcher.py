"""The process that watches folders, in a thread of the test: on what the system tells of changes, and by listing."""

import shutil
import threading
from dataclasses import replace

import pytest

from apps.storage import services as storage
from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.models import Firing, Trigger
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watcher(settings):
    settings.WATCH_LEASE_S = 1
    stop = threading.Event()
    thread = threading.Thread(target=engine.Watcher(lambda firing_ids: None).run, args=(stop,))
    thread.start()
    yield stop
    stop.set()
    thread.join(30)
    assert not thread.is_alive()


@pytest.fixture(params=["told", "listed"])
def watched_folder(request, monkeypatch, raw):
    if request.param == "listed":
        monkeypatch.setattr(storage.OpenCollection, "watch", lambda *_told, **_how: None)
    return raw


def fired():
    return sorted(name for firing in Firing.objects.all() for name in [one["path"] for one in firing.facts["files"]])


def test_new_files_are_found_wherever_they_come(watched_folder, make_trigger, watcher):
    trigger = make_trigger(settle_s=0, every_s=1)
    until(lambda: Trigger.objects.get().has_looked)
    (watched_folder / "a.cbf").write_text("image")
    (watched_folder / "deep" / "down").mkdir(parents=True)
    (watched_folder / "deep" / "down" / "b.cbf").write_text("image")
    until(lambda: len(fired()) == 2)

    assert fired() == ["/raw/a.cbf", "/raw/deep/down/b.cbf"]
    assert trigger.firings.count() == 2


def test_what_comes_while_nobody_watches_is_found(raw, make_trigger, clock):
    trigger = make_trigger(settle_s=0)
    trigger.looked_revision = trigger.revision
    trigger.save()
    (raw / "a.cbf").write_text("image")
    stop = threading.Event()
    thread = threading.Thread(target=engine.Watcher(lambda firing_ids: stop.set()).run, args=(stop,))
    thread.start()
    thread.join(30)

    assert fired() == ["/raw/a.cbf"]
    assert Trigger.objects.get().watcher is None


def test_a_trigger_that_is_changed_is_watched_anew(watched_folder, make_trigger, watcher, clock):
    raw, trigger = watched_folder, make_trigger(settle_s=0, every_s=1, pattern="*.cbf")
    until(lambda: Trigger.objects.get().has_looked)
    (raw / "a.h5").write_text("image")
    until(lambda: trigger.files.filter(state="ignored").exists())
    told = triggers.Told("Hello", replace(trigger.watched, pattern="*.h5"), trigger.flow_id, {})
    triggers.change_trigger(trigger=trigger, told=told, now=clock())
    (raw / "b.h5").write_text("image")

    assert until(lambda: fired() if len(fired()) == 2 else None) == ["/raw/a.h5", "/raw/b.h5"]


def test_a_folder_that_is_gone_is_told_and_found_again(watched_folder, make_trigger, watcher):
    raw, _trigger = watched_folder, make_trigger(settle_s=0, every_s=1)
    until(lambda: Trigger.objects.get().has_looked)
    shutil.rmtree(raw)
    until(lambda: "no file or folder" in Trigger.objects.get().trouble)
    raw.mkdir()
    until(lambda: not Trigger.objects.get().trouble)
    (raw / "a.cbf").write_text("image")

    until(lambda: fired() == ["/raw/a.cbf"])


def test_what_goes_while_it_waits_for_others_is_not_counted(watched_folder, make_trigger, watcher):
    raw, trigger = watched_folder, make_trigger(settle_s=0, every_s=1, batch={"count": 3})
    until(lambda: Trigger.objects.get().has_looked)
    (raw / "deep").mkdir()
    for name in ("deep/moved", "deleted"):
        (raw / name).write_text("image")
    until(lambda: trigger.files.filter(state="settled").count() == 2)
    (raw / "deep").rename(raw.parent / "elsewhere")
    (raw / "deleted").unlink()
    until(lambda: not trigger.files.exists())
    for name in ("a", "b", "c"):
        (raw / name).write_text("image")

    assert until(fired) == ["/raw/a", "/raw/b", "/raw/c"]
