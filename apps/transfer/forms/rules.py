"""Access rules as callers write them: the documents of X18 and X20."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from apps.access.types import ALL_AUTHENTICATED, PUBLIC, group_urn, identity_urn
from apps.common.errors import Invalid
from apps.common.parsing import uuid_in
from apps.storage.models import AccessRule
from apps.storage.services.rules import Permission
from apps.transfer.forms.fields import Document, moment_of

LONGEST_MESSAGE = 2000
_EVERYBODY = {"anonymous": PUBLIC, "all_authenticated_users": ALL_AUTHENTICATED}
_SOMEBODY = {"identity": identity_urn, "group": group_urn}


def principal_of(told: Document) -> str:
    """Whom the rule lets in.

    Raises:
        Invalid: the kind is none, or the id of a person or group is none.
    """
    kind, principal = str(told.get("principal_type")), told.get("principal")
    if kind in _EVERYBODY:
        return _EVERYBODY[kind]
    if kind not in _SOMEBODY:
        known = ", ".join([*_SOMEBODY, *_EVERYBODY])
        raise Invalid(f"Choose one of {known}.", place="principal_type")
    return _SOMEBODY[kind](uuid_in(principal, "principal"))


def permissions_of(told: Document) -> Permission:
    """
    Raises:
        Invalid: it is neither of the two.
    """
    match told.get("permissions"):
        case "r":
            return "r"
        case "rw":
            return "rw"
        case _:
            raise Invalid("Choose r or rw.", place="permissions")


def expiry_of(told: Document) -> datetime | None:
    """
    Raises:
        Invalid: it is no time, or past.
    """
    read = moment_of(told.get("expiration_date"), "expiration_date")
    if read is not None and read <= timezone.now():
        raise Invalid("A rule ends in the future.", place="expiration_date")
    return read


def message_of(told: Document) -> str:
    """What is written to whom the rule lets in, besides.

    Raises:
        Invalid: it is no text, or too long.
    """
    message = told.get("notify_message") or ""
    if not isinstance(message, str) or len(message) > LONGEST_MESSAGE:
        raise Invalid(f"Write a text of at most {LONGEST_MESSAGE} characters.", place="notify_message")
    return message


def link_to(rule: AccessRule) -> str:
    """Where whom the rule lets in sees what they were let in to."""
    return f"{settings.PUBLIC_URL}/collections/{rule.collection_id}/?{urlencode({'path': rule.place.folder})}"
