"""What is cleared away in the background."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from apps.accounts.services.clearing import clear


@shared_task
def clear_ended() -> None:
    """Take away codes and tokens that ended some time ago. Doing it twice, or never, changes nothing for anybody."""
    clear(now=timezone.now())
