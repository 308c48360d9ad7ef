"""Asking for the files of a record that one sees."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from apps.access.types import PrincipalKind, parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.publish.engine import audiences
from apps.publish.engine.planning import url_of
from apps.publish.errors import AskedAlready, NothingToAsk, RequestNotSent
from apps.publish.models import Version
from apps.publish.services.holdings import holdings_of
from apps.publish.services.versions import get_version

AGAIN = timedelta(days=1)
MOST_A_DAY = 10
LONGEST = 2000


def request_files(*, version: Version, actor: User, text: str) -> None:
    """Write to the authors of a version that the actor asks for its files, and why. Nothing is opened by it.

    Raises:
        NoSuchVersion: the actor does not see it.
        NothingToAsk: they may read all of its files, or may not know of them.
        Invalid: they do not say why.
        AskedAlready: they asked for this one, or for many, within a day.
        RequestNotSent: no author has an address, or the mail server did not take it.
    """
    shown = get_version(version.submission_id, version.number, actor=actor)
    if shown.main is None or not holdings_of(shown.version, actor=actor).others:
        raise NothingToAsk
    if not text.strip():
        raise Invalid("Say why you ask: it is what the authors decide by.", place="text")
    addresses = _addresses(shown.version)
    if not addresses:
        raise RequestNotSent
    _count(shown.version, actor)
    _send(shown.version, actor, text.strip()[:LONGEST], addresses)


def _addresses(version: Version) -> list[str]:
    parsed = [parse_principal(one) for one in audiences.authors_of(version.submission)]
    people = [one.id for one in parsed if one.kind is PrincipalKind.IDENTITY and one.id]
    return list(accounts.addresses_of(people))


def _count(version: Version, actor: User) -> None:
    """A mail a day for each record, and not many records a day: mails of the portal are not to be used to bother."""
    seconds = AGAIN.total_seconds()
    several = f"publish.requests.{actor.pk}"
    cache.add(several, 0, seconds)
    if not cache.add(f"{several}.{version.submission_id}", 1, seconds) or cache.incr(several) > MOST_A_DAY:
        raise AskedAlready


def _send(version: Version, actor: User, text: str, addresses: list[str]) -> None:
    who = " ".join((actor.name or actor.username).split())
    told = {
        "who": who,
        "username": accounts.known_by(actor).username,
        "address": actor.email,
        "version": version,
        "link": url_of(version.submission_id, version.number),
        "text": text,
        "facility": settings.FACILITY,
    }
    mail = EmailMessage(
        f"{who} asks for files of {' '.join(version.name.split())}"[:200],
        render_to_string("publish/email/request.txt", told),
        to=addresses,
        reply_to=[actor.email] if actor.email else [],
    )
    try:
        mail.send()
    except OSError as error:
        raise RequestNotSent from error
