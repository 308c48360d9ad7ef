"""What others may ask and tell about people, groups and tokens. ``from apps.accounts import services as accounts``."""

from apps.accounts.services.audit import record
from apps.accounts.services.groups import (
    add_member,
    groups_of,
    identity_and_group_ids_of,
    make_group,
    members_of,
    membership_of,
    memberships_of,
    remove_member,
)
from apps.accounts.services.people import find_identity, identities_of, identity_ids_of, make_user, usernames_of
from apps.accounts.services.tokens import find_token, make_token, revoke_token, tokens_of

__all__ = [
    "add_member",
    "find_identity",
    "find_token",
    "groups_of",
    "identities_of",
    "identity_and_group_ids_of",
    "identity_ids_of",
    "make_group",
    "make_token",
    "make_user",
    "members_of",
    "membership_of",
    "memberships_of",
    "record",
    "remove_member",
    "revoke_token",
    "tokens_of",
    "usernames_of",
]
