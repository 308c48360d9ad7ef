"""Many timers that are due in the same second, and how late what they are for has begun."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from apps.flows.models import Run
from apps.timers import services as timers
from apps.timers.models import Timer, Turn
from apps.timers.types import Once, Schedule
from tests.bench.flows import definitions
from tests.bench.measure import percentiles

if TYPE_CHECKING:
    from tests.bench.flows.measured import Bench

TO_MAKE = timedelta(milliseconds=15)
"""At most, for each of them."""


def late(bench: Bench, *, count: int) -> dict[str, float]:
    """By how much the runs of so many timers were started late, in ms. The same workers carry the runs meanwhile."""
    flow = bench.flow(definitions.hello())
    at = timezone.now() + count * TO_MAKE
    told = timers.NewTimer(
        kind=Timer.Kind.FLOW, body={"body": {}}, schedule=Schedule(Once(at)), flow_id=flow.pk, name="bench"
    )
    made = [timers.create_timer(actor=bench.actor, told=told, now=timezone.now()).pk for _ in range(count)]
    assert timezone.now() < at, "the timers took too long to make"
    over = Turn.objects.filter(timer__in=made, ended_at__isnull=False)
    while over.count() < count:
        time.sleep(0.05)
    started = Run.objects.filter(flow=flow).values_list("started_at", flat=True)
    assert len(started) == count, "each turn starts one run"
    times = [(one - at).total_seconds() * 1000 for one in started]
    return {"count": count, **percentiles(times), "last": max(times)}
