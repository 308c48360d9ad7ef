"""A process that does transfers as a worker of the portal does, one after the other, and says how long each took.

Reads one JSON document a line, writes one for each.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()

from django.core.management import call_command
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.transfer import mover
from apps.transfer import services as transfer
from apps.transfer.models import File
from apps.transfer.types import Submission, Wish
from portal.celery import collect_seldom
from tests.bench.machine import family, peak_mib


def main() -> None:
    collect_seldom()
    call_command("migrate", verbosity=0)
    actor = accounts.make_user(username="bench", password=None)
    actor.is_superuser = True
    actor.save(update_fields=["is_superuser"])
    for line in sys.stdin:
        told = json.loads(line)
        print(json.dumps(moved(actor, **told)), flush=True)


def moved(actor: User, source: dict[str, Any], destination: dict[str, Any], path: str, to: str) -> dict[str, Any]:
    ends = {"source": _collection(actor, source), "destination": _collection(actor, destination)}
    Path("/proc/self/clear_refs").write_text("5")  # the peak of memory begins anew
    began = time.perf_counter()
    asked = Submission([Wish(FilePath.parse(to), FilePath.parse(path))])
    task, _ = transfer.submit_transfer(actor=actor, asked=asked, **ends)
    mover.work(clock=timezone.now)
    seconds = time.perf_counter() - began
    task.refresh_from_db()
    if task.status != task.Status.SUCCEEDED:
        raise RuntimeError(f"{task.status}: {task.fatal_message} {task.trouble_details}")
    told = {
        "seconds": seconds,
        "peak": peak_mib(family(os.getpid())),
        "files": task.files_done,
        "bytes": task.bytes_sent,
    }
    File.objects.filter(task=task).delete()
    return told


def _collection(actor: User, told: dict[str, Any]) -> Collection:
    return storage.create_collection(actor=actor, name=told["kind"], **told)


if __name__ == "__main__":
    main()
