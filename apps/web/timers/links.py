"""From what a timer began back to the timer."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from apps.access.services import Actor
from apps.accounts.models import User
from apps.timers import services as timers
from apps.web.context import Link


def timer_link(begun_id: UUID, reader: Actor) -> Link | None:
    """For the timer's owner alone."""
    timer = timers.timer_that_began(begun_id, actor=reader) if isinstance(reader, User) else None
    return Link(str(timer), reverse("web:timers:timer", args=[timer.pk])) if timer else None
