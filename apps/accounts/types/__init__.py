"""What crosses the border of accounts. Nothing here knows a database."""

from apps.accounts.types.groups import Belongings, Policies
from apps.accounts.types.providers import GroupRule, Kind, LoginProvider, Told
from apps.accounts.types.scopes import Scope, all_names, merged, parse_scopes

__all__ = [
    "Belongings",
    "GroupRule",
    "Kind",
    "LoginProvider",
    "Policies",
    "Scope",
    "Told",
    "all_names",
    "merged",
    "parse_scopes",
]
