"""Files that come into a folder of very many, how late what they start has begun, and what its watcher holds."""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from apps.flows.models import Run
from apps.storage import services as storage
from apps.triggers import services as triggers
from apps.triggers.models import Firing, Trigger
from apps.triggers.types import Files
from tests.bench.flows import definitions
from tests.bench.measure import percentiles

if TYPE_CHECKING:
    from tests.bench.flows.measured import Bench

SETTLE_S = 1
EVERY_S = 0.3


def late(bench: Bench, serve: int, *, crowd: int, count: int) -> dict[str, Any]:
    """How long after a file had settled its run was started, in ms, in a folder in which so many others are; the same
    workers carry the runs meanwhile. ``first_s``: until it was known what is there. ``rss``: of the watcher, MiB."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(crowd):
            os.close(os.open(f"{folder}/{number}.old", os.O_CREAT | os.O_WRONLY))
        place = storage.create_collection(actor=bench.actor, name="Raw", kind="posix", settings={"root": folder})
        trigger = _trigger(bench, Files(place.pk, pattern="*.cbf", settle_s=SETTLE_S))
        began = time.monotonic()
        while not Trigger.objects.filter(pk=trigger.pk, looked_revision=trigger.revision).exists():
            time.sleep(0.1)
        first_s = time.monotonic() - began
        closed = dict(_write(Path(folder), number) for number in range(count))
        while trigger.firings.filter(run_id__isnull=False).count() < count:
            time.sleep(0.05)
        times = [(_started(firing) - closed[firing.facts["first"]["path"]]) * 1000 for firing in trigger.firings.all()]
        rss, peak = _memory(serve)
    return {"crowd": crowd, "count": count, "first_s": first_s, "rss": rss, "peak": peak, **percentiles(times)}


def _trigger(bench: Bench, files: Files) -> Trigger:
    told = triggers.Told("bench", files, bench.flow(definitions.hello()).pk, {"body": {}})
    made = triggers.create_trigger(actor=bench.actor, told=told, now=timezone.now())
    return triggers.begin_trigger(trigger=made, now=timezone.now())


def _write(folder: Path, number: int) -> tuple[str, float]:
    """One file, whole; the path of it, and when it will have settled."""
    path = folder / f"{number}.cbf"
    path.write_bytes(b"image")
    closed = time.time()
    time.sleep(EVERY_S)
    return f"/{path.name}", closed + SETTLE_S


def _started(firing: Firing) -> float:
    return Run.objects.get(pk=firing.run_id).started_at.astimezone(UTC).timestamp()


def _memory(serve: int) -> tuple[float, float]:
    """Of the watcher, now and at most, in MiB."""
    for child in Path(f"/proc/{serve}/task/{serve}/children").read_text().split():
        if b"watch_folders" in Path(f"/proc/{child}/cmdline").read_bytes():
            lines = dict(line.split(":", 1) for line in Path(f"/proc/{child}/status").read_text().splitlines())
            return tuple(int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    raise AssertionError("nobody watches")
