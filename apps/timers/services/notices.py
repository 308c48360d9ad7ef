"""A mail to the owner of a timer that rests because nothing came of its turns."""

from __future__ import annotations

from django.conf import settings

from apps.common import mails
from apps.timers.models import Timer


def write_to_owner(timer: Timer) -> None:
    """Tell why it rests and what to do, if the owner has an address."""
    told = {
        "timer": timer,
        "why": timer.inactive["detail"]["message"],
        "link": f"{settings.PUBLIC_URL}/timers/{timer.pk}/",
    }
    subject = f"{timer} rests: nothing came of its last turns"
    mails.tell(timer.owner.email, subject, "timers/email/rests.txt", told)
