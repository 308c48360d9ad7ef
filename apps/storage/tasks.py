"""What is cleared away in the background."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from apps.storage.services import uploads


@shared_task
def clear_uploads() -> None:
    """Give up files that never came to their end. Doing it twice, or late, changes nothing for anybody."""
    uploads.clear(now=timezone.now())
