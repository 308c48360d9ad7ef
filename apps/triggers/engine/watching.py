"""A folder is watched: what its storage tells of changes, or what a listing finds, is noticed, settles, is gathered."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from time import monotonic

from django.db import connection
from django.utils import timezone

from apps.common.errors import PortalError
from apps.flows.errors import UNFORESEEN
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import Entry, FilePath
from apps.triggers.engine.gathering import gather, next_quiet
from apps.triggers.engine.listing import files_below, in_batches
from apps.triggers.engine.noticing import (
    begin_anew,
    forget,
    forget_missing,
    has_room_for_ignored,
    notice,
    waiting_for_others,
)
from apps.triggers.engine.settling import next_due, settle
from apps.triggers.models import Trigger
from apps.triggers.paths import path_id
from apps.triggers.types import Files

LOOK_AGAIN_S = 30.0
"""So often it is asked whether the owner may still read there."""
IDLE_S = 1.0
BACKOFF_S = (1.0, 60.0)
Ring = Callable[[list[int]], object]
log = logging.getLogger(__name__)


def watch(trigger: Trigger, stop: threading.Event, ring: Ring) -> None:
    """Watch until told to stop; whatever is away is tried again, and why is told at the trigger. ``ring`` is called
    with firings that are to be begun."""
    pause = BACKOFF_S[0]
    with closing(connection):
        while not stop.is_set():
            try:
                look(trigger, stop, ring)
                pause = BACKOFF_S[0]
            except PortalError as error:
                _tell(trigger, error.message)
            except Exception:  # it is one of many, and nothing may end the watch of the others
                if not Trigger.objects.filter(pk=trigger.pk).exists():  # it was deleted meanwhile
                    return
                log.exception("trigger %s met an error that nobody foresaw", trigger.pk)
                _tell(trigger, UNFORESEEN)
            else:
                continue
            stop.wait(pause)
            pause = min(2 * pause, BACKOFF_S[1])


def look(trigger: Trigger, stop: threading.Event, ring: Ring) -> None:
    """Watch for a while, beginning with what is there.

    Raises:
        PortalError: the folder cannot be looked at now, or not by the owner.
    """
    files = trigger.watched
    assert isinstance(files, Files)  # no other kind is watched
    collection = storage.get_collection(files.collection_id, actor=trigger.owner)
    with storage.opened(collection, actor=trigger.owner) as there:
        told = there.watch(files.path, is_recursive=files.is_recursive)
        try:
            _Look(trigger, files, collection, there, told, ring).go_on(stop)
        finally:
            if told is not None:
                told.close()


class _Look:
    """One look that goes on."""

    def __init__(
        self,
        trigger: Trigger,
        files: Files,
        collection: Collection,
        there: storage.OpenCollection,
        told: storage.Watch | None,
        ring: Ring,
    ) -> None:
        self.trigger, self.files, self.collection, self.there = trigger, files, collection, there
        self.told, self.ring = told, ring

    def go_on(self, stop: threading.Event) -> None:
        asked_at = monotonic()
        self.list_all(stop)
        listed_at = monotonic()
        while not stop.is_set():
            due = self.work(stop)
            if monotonic() - asked_at > LOOK_AGAIN_S:
                self.require_right()
                asked_at = monotonic()
            if self.told is not None:
                if not self.hear(self.told, due):
                    self.list_all(stop)
            elif monotonic() - listed_at >= self.files.every_s:
                self.list_all(stop)
                listed_at = monotonic()
            else:
                stop.wait(due)

    def require_right(self) -> None:
        """
        Raises:
            NotAllowed: the owner may not read there any more.
        """
        storage.require(self.trigger.owner, "r", self.collection, self.files.path)

    def list_all(self, stop: threading.Event) -> None:
        """What is there is noticed, whoever watched before."""
        trigger, was_there = self.trigger, not self.trigger.has_looked
        if was_there:
            begin_anew(trigger)
        missing = waiting_for_others(trigger)
        for batch in in_batches(files_below(self.there, self.files)):
            missing -= {path_id(one.path) for one in batch}
            tells = has_room_for_ignored(trigger)
            notice(trigger, self.files, batch, timezone.now(), was_there=was_there, tells_ignored=tells)
            if stop.is_set():
                return
        forget_missing(trigger, list(missing))
        trigger.looked_revision, trigger.looked_at, trigger.trouble = trigger.revision, timezone.now(), ""
        trigger.save(update_fields=["looked_revision", "looked_at", "trouble"])

    def hear(self, told: storage.Watch, wait_s: float) -> bool:
        """What the storage tells is noticed. False: it lost some of it."""
        changes = told.changes(wait_s=wait_s)
        if changes.gone:
            forget(self.trigger, changes.gone)
        for batch in in_batches(self._found(changes.touched)):
            notice(self.trigger, self.files, batch, timezone.now())
        return changes.is_complete

    def work(self, stop: threading.Event) -> float:
        """Files settle, and are gathered. How many seconds until there may be more to do, at most ``IDLE_S``."""
        while not stop.is_set() and settle(self.trigger, self.files, self.there, timezone.now()):
            self.gather(stop)
        self.gather(stop)
        now = timezone.now()
        due = [one for one in (next_due(self.trigger), next_quiet(self.trigger, self.files)) if one is not None]
        return min([IDLE_S, *(max((one - now).total_seconds(), 0.01) for one in due)])

    def gather(self, stop: threading.Event) -> None:
        while not stop.is_set() and (made := gather(self.trigger, self.files, timezone.now())):
            self.ring(made)

    def _found(self, touched: Iterable[FilePath]) -> Iterator[Entry]:
        for path in touched:
            entry = self.there.find(path)
            if entry is not None and entry.is_file:
                yield entry


def _tell(trigger: Trigger, why: str) -> None:
    Trigger.objects.filter(pk=trigger.pk).exclude(trouble=why).update(trouble=why)
