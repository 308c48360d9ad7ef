"""People and their identities, groups, tokens, and the log of who changed what."""

from apps.accounts.models.audit import AuditEvent
from apps.accounts.models.groups import Group, Membership
from apps.accounts.models.people import Identity, User
from apps.accounts.models.tokens import Token

__all__ = ["AuditEvent", "Group", "Identity", "Membership", "Token", "User"]
