"""A mail to the owner of a timer that rests because nothing came of its turns."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from apps.timers.models import Timer

log = logging.getLogger(__name__)


def write_to_owner(timer: Timer) -> None:
    """Tell why it rests and what to do, if the owner has an address.

    A mail server that is away takes nothing from the timer: the mail is lost, and the log says so.
    """
    if not timer.owner.email:
        return
    told = {
        "timer": timer,
        "why": timer.inactive["detail"]["message"],
        "link": f"{settings.PUBLIC_URL}/timers/{timer.pk}/",
        "facility": settings.FACILITY,
    }
    subject = " ".join(f"{timer} rests: nothing came of its last turns".split())  # in one line: a header has no other
    try:
        send_mail(subject, render_to_string("timers/email/rests.txt", told), None, [timer.owner.email])
    except OSError as error:
        log.warning("that timer %s rests could not be told to its owner: %s", timer.pk, error)
