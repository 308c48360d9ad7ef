"""``manage.py watch_folders``: watches the folders of triggers until it is stopped. Several may run, on any machine."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from apps.triggers.engine import Watcher
from apps.triggers.tasks import ring


class Command(BaseCommand):
    help = "Watches the folders of triggers until it is stopped. Several may run, on any machine that has the files."

    def handle(self, *_: Any, **_options: Any) -> None:
        stop = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_about: stop.set())
        Watcher(ring).run(stop)
