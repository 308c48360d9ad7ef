"""A mover in a process of its own, which notes all that it writes to a storage before and after it does.

Such processes are forked from one that has read all modules, so that a hundred of them do not cost a hundred starts.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from functools import wraps
from pathlib import Path
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.conf import settings
from django.db import connections
from django.utils import timezone

from apps.storage.backends.posix import PosixStorage
from apps.storage.backends.s3 import S3Storage
from apps.transfer import mover
from apps.transfer.mover import crowd, helper, helpers


def run(database: dict[str, Any], notes: Path, largest_file: int, is_helped: bool) -> None:
    """Serve tasks until somebody kills this process. ``largest_file``: where the disk is full, in bytes."""
    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    connections.settings["default"].update(database)
    settings.TRANSFER_PROCESSES = 2 if is_helped else 1
    crowd.MANY = 10
    helpers.COMMAND = [sys.executable, "-c", f"from {__name__} import help_and_note; help_and_note()", str(notes)]
    _note_all(notes)
    pause = threading.Event()
    while not pause.wait(0.02):
        mover.work(clock=timezone.now)


def help_and_note() -> None:
    """What a helper of such a mover does."""
    _note_all(Path(sys.argv[1]))
    helper.main(*map(int, sys.argv[2:]))


def _note_all(notes: Path) -> None:
    notebook = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for kind in (PosixStorage, S3Storage):
        for verb in ("write", "write_chunk"):
            _note(notebook, kind, verb)


def _note(notebook: int, kind: type, verb: str) -> None:
    write = getattr(kind, verb)

    @wraps(write)
    def noted(storage: object, *told: Any, **more: Any) -> Any:
        path, number = (str(told[0].path), told[1]) if verb == "write_chunk" else (str(told[0]), -1)
        _append(notebook, "begun", path, number)
        answer = write(storage, *told, **more)
        _append(notebook, "done", path, number)
        return answer

    setattr(kind, verb, noted)


def _append(notebook: int, *words: object) -> None:
    os.write(notebook, json.dumps(words).encode() + b"\n")
