"""Where people may come from, as the settings tell it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import msgspec


class Kind(StrEnum):
    """How a provider is spoken to; the names are those of django-allauth."""

    OPENID_CONNECT = "openid_connect"
    ORCID = "orcid"
    GITHUB = "github"
    GLOBUS = "globus"
    CILOGON = "cilogon"
    SAML = "saml"


_NAMES = {Kind.ORCID: "ORCID", Kind.GITHUB: "GitHub", Kind.GLOBUS: "Globus", Kind.CILOGON: "CILogon"}
_DOMAINS = {
    Kind.ORCID: "orcid.org",
    Kind.GITHUB: "github.com",
    Kind.GLOBUS: "globus.org",
    Kind.CILOGON: "cilogon.org",
}
_USERNAME_CLAIMS = {
    Kind.OPENID_CONNECT: "preferred_username",
    Kind.GITHUB: "login",
    Kind.GLOBUS: "preferred_username",
    Kind.CILOGON: "eppn",
}


class GroupRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever comes with this claim is in the group. ``claim`` may be a path (``realm_access.roles``).

    Of ``value`` (the same) and ``pattern`` (a regular expression for the whole of it) one is given. ``group`` is the
    id of a group, or its name.
    """

    claim: str
    group: str
    value: str = ""
    pattern: str = ""


class LoginProvider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that people sign in at instead of here; ``deploy/README.md`` tells each field."""

    kind: Kind
    client_id: str = ""
    secret: str = ""
    id: str = ""
    name: str = ""
    domain: str = ""
    server_url: str = ""
    username_claim: str = ""
    trusts_email: bool = False
    groups: tuple[GroupRule, ...] = ()
    idp: dict[str, str] = {}
    attributes: dict[str, str | list[str]] = {}

    @property
    def key(self) -> str:
        """What allauth calls it, in addresses and in the rows of its accounts."""
        return self.id or self.kind.value

    @property
    def label(self) -> str:
        return self.name or _NAMES.get(self.kind, self.id)

    @property
    def realm(self) -> str:
        """What stands behind the ``@`` of its people's usernames."""
        return (self.domain or _DOMAINS.get(self.kind) or urlsplit(self.server_url).hostname or "").lower()

    @property
    def names_people_by(self) -> str:
        """The claim that is the username; empty where the subject itself is one, as an ORCID iD."""
        return self.username_claim or _USERNAME_CLAIMS.get(self.kind, "")


class Told(msgspec.Struct, frozen=True):
    """What a provider says of somebody. ``username`` is what stands before the ``@``."""

    username: str
    name: str = ""
    email: str = ""
    claims: dict[str, Any] = {}
