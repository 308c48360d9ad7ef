"""Telling a person by e-mail that something was shared with them."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from apps.access.types import PrincipalKind, parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.storage.errors import NoticeNotSent
from apps.storage.models import AccessRule


def send_notice(*, rule: AccessRule, actor: User, link: str, message: str = "") -> None:
    """Write to the person whom the rule lets in. ``link`` is where they find it.

    Raises:
        NoticeNotSent: it is no single person, they told no address, or the mail server did not take it.
    """
    address = _address_of(rule.principal)
    if not address:
        raise NoticeNotSent("The rule counts, but no address is known to write to. Tell them yourself.")
    who = " ".join((actor.name or actor.username).split())
    told = {"rule": rule, "who": who, "link": link, "message": message, "facility": settings.FACILITY}
    subject = f"{who} shares files with you"
    try:
        send_mail(subject, render_to_string("storage/email/notice.txt", told), None, [address])
    except OSError as error:
        raise NoticeNotSent from error


def _address_of(principal: str) -> str:
    parsed = parse_principal(principal)
    if parsed.kind is not PrincipalKind.IDENTITY:
        return ""
    return next(iter(accounts.addresses_of([parsed.id])), "")
