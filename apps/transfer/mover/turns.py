"""Whose turn it is: fair between people, within the limits of each person and each storage."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from apps.common.beats import beating
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.transfer.models import Event, Task

Clock = Callable[[], datetime]
NEVER = datetime.min.replace(tzinfo=UTC)
LOOKED_AT = 500
ASKED = ("owner_id", "source_id", "destination_id", "served_at")
"""What of a task says whose turn it is: that is asked for twice a second by each that runs."""
TAKEN_OVER = "TAKEN_OVER"
"""The code of the event."""


class TurnLost(Exception):
    """Another process has the task now. Nothing more is written for it here."""


@dataclass(frozen=True)
class Turn:
    """The right to work on a task, for a while."""

    SPAN = timedelta(seconds=15)
    BEAT_S = 4.0

    task_id: uuid.UUID
    holder: str

    @property
    def held(self) -> QuerySet[Task]:
        """The task, as long as it is ours: what is updated through this is never another's."""
        return Task.objects.filter(pk=self.task_id, lease=self.holder)

    def hold(self, **changes: object) -> None:
        """Change the task. In a transaction this also keeps others waiting.

        Raises:
            TurnLost: it is another's.
        """
        if not self.held.update(lease=self.holder, **changes):
            raise TurnLost

    def release(self, **changes: object) -> None:
        self.held.update(lease="", lease_until=None, **changes)

    def beating(self, clock: Clock) -> AbstractContextManager[None]:
        """Keep it, however long the work takes."""

        def extend() -> int:
            return self.held.update(lease_until=clock() + self.SPAN)

        return beating(extend, every_s=self.BEAT_S, what=f"transfer {self.task_id}")


def take(clock: Clock) -> Turn | None:
    """The next turn, if there is any. Of several who ask at once each gets another."""
    now = clock()
    for task_id in _in_order(now):
        turn = Turn(task_id, uuid.uuid4().hex)
        with transaction.atomic():
            free = _free(now).filter(pk=task_id)
            is_orphan = free.exclude(lease="").exists()
            if free.update(lease=turn.holder, lease_until=now + turn.SPAN, served_at=now):
                if is_orphan:
                    told = "The process that worked on the task ended. Another one took over."
                    Event.objects.create(task_id=task_id, at=now, code=TAKEN_OVER, description=told)
                return turn
    return None


def waiting(now: datetime) -> int:
    """How many tasks might be taken now."""
    return min(len(_in_order(now)), settings.TRANSFER_TURNS)


def _free(now: datetime) -> QuerySet[Task]:
    return Task.objects.unfinished().filter(Q(lease="") | Q(lease_until__lt=now))


def _in_order(now: datetime) -> list[uuid.UUID]:
    """Those that are due: first of whom fewest are being served, then who waits longest."""
    resting = Q(wanted=Task.Wanted.PAUSE, status=Task.Status.INACTIVE, deadline__gt=now)
    due = _free(now).filter(Q(due_at=None) | Q(due_at__lte=now)).exclude(resting)
    candidates = list(due.order_by("served_at", "requested_at").only(*ASKED)[:LOOKED_AT])
    if not candidates:
        return []
    busy = Task.objects.unfinished().filter(lease_until__gte=now).exclude(lease="")
    served = list(busy.only(*ASKED))
    places = _Places([*candidates, *served])
    of_owner = Counter(task.owner_id for task in served)
    of_place = Counter(place for task in served for place in places.of(task))

    def may_be_served(task: Task) -> bool:
        fits = all(of_place[place] < settings.TRANSFER_TURNS_PER_STORAGE for place in places.of(task))
        return fits and of_owner[task.owner_id] < settings.TRANSFER_TURNS_PER_PERSON

    chosen = [task for task in candidates if may_be_served(task)]
    chosen.sort(key=lambda task: (of_owner[task.owner_id], task.served_at or NEVER))
    return [task.pk for task in chosen]


class _Places:
    """On which storages tasks work."""

    def __init__(self, tasks: list[Task]) -> None:
        ids = {one for task in tasks for one in (task.source_id, task.destination_id) if one}
        known = Collection.objects.select_related("parent").in_bulk(ids)
        self._tops = {pk: storage.place_of(collection)[0].pk for pk, collection in known.items()}

    def of(self, task: Task) -> set[uuid.UUID]:
        ends = (task.source_id, task.destination_id)
        return {self._tops[one] for one in ends if one in self._tops}
