"""Actions that belong to no run: asked for by somebody over the action-provider protocol."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from apps.access import services as access
from apps.flows.models import Action

MOST_AT_ONCE = 500
_KEPT = ExpressionWrapper(Cast("release_after_s", IntegerField()) * Value(timedelta(seconds=1)), DurationField())
_RELEASED_AT = ExpressionWrapper(F("completed_at") + _KEPT, DateTimeField())


def alone() -> QuerySet[Action]:
    return Action.objects.filter(run=None)


def cancel_overdue(now: datetime) -> None:
    """Those that are past their deadline are to be canceled."""
    overdue = alone().filter(completed_at=None, cancel_at=None, timeout_at__lte=now)
    overdue.update(cancel_at=now, due_at=now)


def forget(now: datetime) -> int:
    """Forget those that ended as long ago as they were to be kept; how many."""
    ended = alone().filter(completed_at__isnull=False).annotate(released_at=_RELEASED_AT)
    old = list(ended.filter(released_at__lte=now)[:MOST_AT_ONCE])
    for action in old:
        release(action)
    return len(old)


def release(action: Action) -> None:
    """Forget it, and who may see it."""
    access.withdraw_all(action.resource)
    action.delete()
