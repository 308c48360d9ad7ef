"""People and their identities, groups, tokens."""

from apps.accounts.models.groups import Group, Membership
from apps.accounts.models.people import Identity, User
from apps.accounts.models.tokens import Token

__all__ = ["Group", "Identity", "Membership", "Token", "User"]
