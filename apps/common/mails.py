"""Mails that tell somebody how something of theirs is."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def tell(address: str, subject: str, template: str, told: Mapping[str, Any]) -> None:
    """Write to the address, if it is any. The template sees ``facility`` besides.

    A mail server that is away takes nothing from what is told: the mail is lost, and the log says so.
    """
    if not address:
        return
    in_one_line = " ".join(subject.split())  # a header has no other
    try:
        text = render_to_string(template, {**told, "facility": settings.FACILITY})
        send_mail(in_one_line, text, None, [address])
    except OSError as error:
        log.warning("a mail could not be sent (%s): %s", in_one_line, error)
