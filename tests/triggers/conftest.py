"""Triggers of Alice's on a folder of hers, and an engine that is driven by hand, with a clock that tests move."""

from datetime import timedelta

import pytest

from apps.flows.models import Run
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.engine.listing import files_below
from apps.triggers.models import Trigger
from apps.triggers.types import Batch, Files
from tests.flows.conftest import HELLO, Clock, carried, make_flow, start
from tests.storage.beamline import admin, beamline

__all__ = ["admin", "beamline", "make_flow", "start"]
BODY = {"body": {"word.$": "$.first.name", "files.$": "$.files[*].path"}}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def root(tmp_path):
    (tmp_path / "raw").mkdir()
    return tmp_path


@pytest.fixture
def raw(root):
    """The folder that is watched."""
    return root / "raw"


@pytest.fixture
def flow(make_flow):
    return make_flow({"Say": HELLO}, schema={"type": "object", "required": ["word"]})


@pytest.fixture
def make_trigger(alice, beamline, flow, clock):
    """Of Alice's: it says hello for each file in /raw/."""

    def make(watched=None, *, body=BODY, flow=flow, actor=alice, begins=True, batch=None, limits=None, **files):
        if watched is None:
            files.setdefault("path", FilePath.parse("/raw"))
            watched = Files(beamline.pk, batch=Batch(**(batch or {})), **files)
        told = triggers.Told("Hello", watched, flow.pk, body, **(limits or {}))
        made = triggers.create_trigger(actor=actor, told=told, now=clock())
        return triggers.begin_trigger(trigger=made, now=clock()) if begins else made

    return make


@pytest.fixture
def look(clock, beamline):
    """Let time pass, then do once what a watcher and workers do."""

    def look(trigger, passes=0.0):
        clock.now += timedelta(seconds=passes)
        trigger, files = Trigger.objects.select_related("owner").get(pk=trigger.pk), trigger.watched
        with storage.opened(beamline, actor=trigger.owner) as there:
            found = list(files_below(there, files))
            engine.notice(trigger, files, found, clock(), was_there=not trigger.has_looked)
            Trigger.objects.filter(pk=trigger.pk).update(looked_revision=trigger.revision)
            engine.settle(trigger, files, there, clock())
        while engine.gather(trigger, files, clock()):
            pass
        work(clock)

    return look


@pytest.fixture
def settled(look):
    """Look, and again when what was there may have settled."""

    def settled(trigger):
        look(trigger)
        look(trigger, passes=trigger.watched.settle_s)

    return settled


@pytest.fixture
def finish(clock):
    """Carry what was started to its end, as workers do."""

    def finish(trigger):
        for firing in trigger.firings.filter(state="going"):
            run = carried(Run.objects.get(pk=firing.run_id), Clock())
            engine.ended(run.pk, clock())
        work(clock)

    return finish


def work(clock):
    for firing_id in engine.firings_due(clock()):
        engine.begin(firing_id, clock())


def batches(trigger):
    """The names of the files that each run was started with, the oldest first."""
    runs = [Run.objects.get(pk=firing.run_id) for firing in trigger.firings.exclude(run_id=None).order_by("pk")]
    return [[path.rpartition("/")[2] for path in run.input["files"]] for run in runs]


def fates(trigger):
    """What became of each file, by its name."""
    return {row.place.name: row.state for row in trigger.files.all()}
