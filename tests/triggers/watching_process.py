"""A watcher in a process of its own, which notes what the files are like at the moment when they start something."""

from __future__ import annotations

import json
import os
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.conf import settings
from django.db import connections

from apps.triggers.engine import Watcher
from apps.triggers.models import Firing

LEASE_S = 2


def watch(database: dict[str, Any], root: Path, into: Path) -> None:
    """Watch until somebody kills this process."""
    connections.settings["default"].update(database)
    settings.WATCH_LEASE_S = LEASE_S
    with into.open("a", buffering=1) as lines:
        Watcher(lambda firing_ids: _note(firing_ids, root, lines)).run(threading.Event())


def _note(firing_ids: list[int], root: Path, lines: Any) -> None:
    for firing in Firing.objects.filter(pk__in=firing_ids):
        for file in firing.facts["files"]:
            path = root / file["path"].removeprefix("/")
            data = path.read_bytes() if path.exists() else None
            seen = None if data is None else [len(data), sha256(data).hexdigest()]
            lines.write(json.dumps([file["path"], seen]) + "\n")
