"""A mail to the owner of a trigger that rests because nothing came of what it started."""

from __future__ import annotations

from django.conf import settings

from apps.common import mails
from apps.triggers.models import Trigger


def write_to_owner(trigger: Trigger) -> None:
    """Tell why it rests and what to do, if the owner has an address."""
    told = {
        "trigger": trigger,
        "why": trigger.inactive["message"],
        "link": f"{settings.PUBLIC_URL}/triggers/{trigger.pk}/",
    }
    subject = f"{trigger} rests: nothing came of the last runs that it started"
    mails.tell(trigger.owner.email, subject, "triggers/email/rests.txt", told)
