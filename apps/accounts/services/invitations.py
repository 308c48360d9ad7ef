"""Invitations to make an account: made, sent, used once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.errors import MailNotSent, NoSuchInvitation
from apps.accounts.models import Invitation, User
from apps.accounts.services.audit import record
from apps.accounts.services.secrets import hash_of, new_secret


@transaction.atomic
def invite_to_sign_up(*, email: str, expires_at: datetime, actor: User | None = None) -> tuple[Invitation, str]:
    """Make an invitation and its link, which is told this once and kept nowhere."""
    secret = new_secret(mark="")
    made = Invitation.objects.create(email=email, hash=hash_of(secret), expires_at=expires_at, made_by=actor)
    record("invitation.made", kind="invitation", id=made.pk, name=email, actor=actor)
    return made, settings.PUBLIC_URL + reverse("account_open_invitation", args=[secret])


def send_invitation(invitation: Invitation, *, link: str) -> None:
    """Write to whom it is for.

    Raises:
        MailNotSent: the mail server refused, or is not there. The invitation stands.
    """
    told = {"link": link, "invitation": invitation, "facility": settings.FACILITY}
    body = render_to_string("accounts/email/invitation.txt", told)
    try:
        send_mail(f"Your account at {settings.FACILITY or 'Vitrine'}", body, None, [invitation.email])
    except OSError as error:
        raise MailNotSent from error


def open_invitations(now: datetime) -> list[Invitation]:
    """Those that were not used and have not ended, the newest first."""
    return list(_open(now).select_related("made_by"))


def find_invitation(secret: str, *, now: datetime) -> Invitation:
    """The open invitation whose link has this secret.

    Raises:
        NoSuchInvitation: there is none.
    """
    found = _open(now).filter(hash=hash_of(secret)).first()
    if found is None:
        raise NoSuchInvitation
    return found


def is_invited(invitation_id: str | None, *, now: datetime) -> bool:
    """Whether this is the id of an open invitation."""
    return invitation_id is not None and _open(now).filter(pk=invitation_id).exists()


def use_invitation(invitation_id: str | None, *, user: User, now: datetime) -> None:
    """Let the new user in, in the transaction that makes them: of two at once, one is refused.

    Raises:
        NoSuchInvitation: it is not open any more.
    """
    open_still = _open(now).filter(pk=invitation_id) if invitation_id else Invitation.objects.none()
    if not open_still.update(used_at=now, used_by=user):
        raise NoSuchInvitation
    record("invitation.used", kind="invitation", id=invitation_id, name=user.username, actor=user)


@transaction.atomic
def revoke_invitation(*, invitation_id: UUID, now: datetime) -> Invitation:
    """Take back one that was not used.

    Raises:
        NoSuchInvitation: it was used, has ended, or never was.
    """
    found = _open(now).filter(pk=invitation_id).first()
    if found is None:
        raise NoSuchInvitation
    Invitation.objects.filter(pk=found.pk).delete()
    record("invitation.revoked", kind="invitation", id=found.pk, name=found.email)
    return found


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, expires_at__gt=now)
