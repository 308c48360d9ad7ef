"""The process that watches folders: a thread for each trigger that it has in its care."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from apps.triggers.engine import leases
from apps.triggers.engine.watching import Ring, watch
from apps.triggers.models import Trigger

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Care:
    revision: int
    thread: threading.Thread
    stop: threading.Event = field(default_factory=threading.Event)


class Watcher:
    """Takes triggers that nobody watches, and lets go of those that rest or were changed."""

    def __init__(self, ring: Ring) -> None:
        self.id, self._ring = uuid4(), ring
        self._cares = dict[UUID, _Care]()

    def run(self, stop: threading.Event) -> None:
        """Until told to stop. Then others may take over at once."""
        try:
            while not stop.is_set():
                try:
                    self.look_round()
                except DatabaseError as error:  # it may be back the next time
                    log.warning("the watcher cannot look round: %s", error)
                stop.wait(min(settings.WATCH_LEASE_S / 4, 1))
        finally:
            self._end(list(self._cares))
            leases.let_go(self.id)
            connection.close()  # of this thread

    def look_round(self) -> None:
        """Which triggers are to be watched now, and which no longer."""
        ours = {trigger.pk: trigger for trigger in leases.take(self.id, timezone.now())}
        self._end([its_id for its_id, care in self._cares.items() if not _is_for(care, ours.get(its_id))])
        for its_id, trigger in ours.items():
            if its_id not in self._cares:
                self._cares[its_id] = self._begin(trigger)

    def _begin(self, trigger: Trigger) -> _Care:
        stop = threading.Event()
        thread = threading.Thread(target=watch, args=(trigger, stop, self._ring), daemon=True)
        thread.start()
        return _Care(trigger.revision, thread, stop)

    def _end(self, ended: list[UUID]) -> None:
        for its_id in ended:
            self._cares[its_id].stop.set()
        for its_id in ended:
            self._cares.pop(its_id).thread.join()


def _is_for(care: _Care, trigger: Trigger | None) -> bool:
    return trigger is not None and care.revision == trigger.revision and care.thread.is_alive()
