"""Who changes files or firings of a trigger holds the trigger before them: else two would wait for each other."""

from __future__ import annotations

from uuid import UUID

from apps.triggers.models import Trigger


def held(trigger_id: UUID) -> Trigger | None:
    """As it is, until the transaction ends. None: it was deleted."""
    return Trigger.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=trigger_id).first()
