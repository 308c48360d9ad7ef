"""Asking for an index to be built anew, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Min, Q
from django.utils import timezone

from apps.access.services import Actor
from apps.search.errors import RebuildRuns
from apps.search.models import Entry, Index
from apps.search.services.indexes import require
from apps.search.tasks import rebuild, ring


@dataclass(frozen=True, slots=True)
class RebuildState:
    """``share`` is about how much of the index was seen, of 100; ``problem`` is why the last rebuild failed.

    One that ``is_broken_off`` goes on from there when it is asked for again.
    """

    is_waiting: bool
    is_running: bool
    is_broken_off: bool
    share: int
    problem: str


def start_rebuild(*, index: Index, actor: Actor) -> None:
    """Ask for a rebuild; a worker does it while people search and ingest. For admins.

    Raises:
        RebuildRuns: one was asked for, or runs.
    """
    require(index=index, actor=actor, role="admin", is_open=True)
    now = timezone.now()
    free = Q(rebuild_lease="") | Q(rebuild_lease_until__lt=now)
    idle = Index.objects.filter(free, pk=index.pk, rebuild_asked_at=None)
    if not idle.update(rebuild_asked_at=now, rebuild_problem=""):
        raise RebuildRuns
    ring(index.pk, rebuild)


def rebuild_state(*, index: Index, actor: Actor) -> RebuildState:
    """How far it is, whoever started it: a page or the command line. For admins."""
    require(index=index, actor=actor, role="admin")
    is_held = bool(index.rebuild_lease) and (index.rebuild_lease_until or timezone.now()) >= timezone.now()
    is_asked, is_begun = index.rebuild_asked_at is not None, index.building is not None
    return RebuildState(
        is_waiting=is_asked and not is_held,
        is_running=is_held,
        is_broken_off=is_begun and not is_held and not is_asked,
        share=_share(index) if is_begun else 0,
        problem=index.rebuild_problem,
    )


def _share(index: Index) -> int:
    """By where the last seen entry stands between the first and the last: counting ten million takes seconds."""
    ends = Entry.objects.filter(index=index).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["last"] is None or ends["last"] == ends["first"]:
        return 0
    seen = 100 * (index.rebuilt_to - ends["first"]) // (ends["last"] - ends["first"])
    return int(min(max(seen, 0), 100))
