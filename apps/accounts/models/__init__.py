"""People and their identities, groups, applications and tokens, and the log of who changed what."""

from apps.accounts.models.audit import AuditEvent
from apps.accounts.models.groups import Group, Membership
from apps.accounts.models.invitations import Invitation
from apps.accounts.models.oauth import (
    Application,
    AuthorizationCode,
    Consent,
    Credential,
    DeviceCode,
    Grant,
    SigningKey,
    Token,
)
from apps.accounts.models.people import PORTAL, Identity, User

__all__ = [
    "PORTAL",
    "Application",
    "AuditEvent",
    "AuthorizationCode",
    "Consent",
    "Credential",
    "DeviceCode",
    "Grant",
    "Group",
    "Identity",
    "Invitation",
    "Membership",
    "SigningKey",
    "Token",
    "User",
]
