"""Standing searches: what was written in an index is asked for by the search, with the eyes of its owner."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.common.errors import PortalError
from apps.search import services as search
from apps.triggers.engine.happening import MOST_WAITING
from apps.triggers.models import Firing, Trigger
from apps.triggers.searches import question
from apps.triggers.types import Records

CHUNK = 500
MOST_CHUNKS = 20
log = logging.getLogger(__name__)


def look_at_records(now: datetime) -> list[int]:
    """Of all standing searches; the ids of firings to be begun. One that cannot be asked says why."""
    found = list[int]()
    standing = Trigger.objects.filter(kind=Trigger.Kind.RECORDS, state=Trigger.State.ACTIVE)
    for trigger_id in standing.values_list("pk", flat=True):
        found += _look(trigger_id, now)
    return found


def _look(trigger_id: UUID, now: datetime) -> list[int]:
    try:
        found = [one for made in _chunks(trigger_id, now) for one in made]
    except PortalError as error:
        Trigger.objects.filter(pk=trigger_id).exclude(trouble=error.message).update(trouble=error.message)
        return []
    except Exception:  # it is one of many, and nothing may keep the others waiting
        log.exception("the standing search of trigger %s met an error that nobody foresaw", trigger_id)
        return []
    Trigger.objects.filter(pk=trigger_id).exclude(trouble="").update(trouble="")
    return found


def _chunks(trigger_id: UUID, now: datetime) -> Iterator[list[int]]:
    for _ in range(MOST_CHUNKS):
        with transaction.atomic():
            held = Trigger.objects.select_for_update(of=("self",)).select_related("owner")
            trigger = held.filter(pk=trigger_id, state=Trigger.State.ACTIVE).first()
            made = _follow(trigger, now) if trigger else None
        if made is None:
            return
        yield made


def _follow(trigger: Trigger, now: datetime) -> list[int] | None:
    """The firings of what was written next; None if nothing was, or too much waits. The mark moves with them."""
    records = trigger.watched
    assert isinstance(records, Records)  # no other kind is a standing search
    if trigger.firings.filter(state=Firing.State.DUE).count() >= MOST_WAITING:
        return None
    index = search.get_index(name=records.index, actor=trigger.owner)
    followed = search.follow(index=index, after=_mark(trigger), most=CHUNK)
    if followed.last is None:
        return None
    found = search.answering(index=index, request=question(records), subjects=followed.subjects, actor=trigger.owner)
    subjects = [record.subject for record in found]
    written, number = followed.last
    trigger.mark = {"written": written.isoformat(), "number": number}
    trigger.looked_at = now
    trigger.save(update_fields=["mark", "looked_at"])
    size = records.most_together
    batches = [subjects[at : at + size] for at in range(0, len(subjects), size)]
    made = [_firing(trigger, batch, at, now) for at, batch in enumerate(batches)]
    return [firing.pk for firing in Firing.objects.bulk_create(made)]


def _firing(trigger: Trigger, subjects: list[str], at: int, now: datetime) -> Firing:
    key = f"{trigger.mark['written']} {trigger.mark['number']} {at}"
    return Firing(trigger=trigger, key=key, at=now, due_at=now, count=len(subjects), facts={"subjects": subjects})


def _mark(trigger: Trigger) -> tuple[datetime, int]:
    if trigger.mark:
        return datetime.fromisoformat(trigger.mark["written"]), trigger.mark["number"]
    assert trigger.active_since is not None  # it is active
    return trigger.active_since, 0
