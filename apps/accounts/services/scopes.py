"""Which scopes there are, and at which service each is good.

The names are those of the hosted services, word for word, because clients carry them as constants; that is why they
hold other hosts' names. What has scopes of its own in an app above this one (a flow, a collection) tells so by
``offer_scopes``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from apps.accounts.errors import UnknownScope
from apps.accounts.models import Application
from apps.accounts.types import Scope, all_names

AUTH = "auth.globus.org"
SEARCH = "search.api.globus.org"
GROUPS = "groups.api.globus.org"
TRANSFER = "transfer.api.globus.org"
FLOWS = "flows.globus.org"
FLOWS_ID = "eec9b274-0c81-4334-bdc2-54e90e689b9a"
TIMERS = "524230d7-ea86-4a52-8312-86065a9e0417"
ACTIONS = "actions.globus.org"
COMPUTE = "funcx_service"
COMPUTE_ID = "facd7ccc-c5f4-42aa-916b-a0e270e2c2a9"


@dataclass(frozen=True, slots=True)
class Offer:
    """A scope that a service offers. ``words`` say to a person what it allows."""

    resource_server: str
    words: str


def urn(resource_server: str, suffix: str) -> str:
    return f"urn:globus:auth:scope:{resource_server}:{suffix}"


def url(owner: str | UUID, suffix: str) -> str:
    return f"https://auth.globus.org/scopes/{owner}/{suffix}"


_PLAIN = {
    "openid": "Know who you are here",
    "profile": "Read your name and username",
    "email": "Read your e-mail address",
    "offline_access": "Act for you while you are away",
}
_AUTH = {
    "view_identity_set": "See all identities that you have linked",
    "view_identities": "Look up people by their username",
    "view_consents": "See what you allowed applications",
    "view_clients": "See your applications",
    "view_clients_and_scopes": "See your applications and their scopes",
    "view_authentications": "See when and how you signed in",
    "manage_projects": "Manage your applications",
}
_SEARCH = {
    "all": "Search, publish and manage metadata as you",
    "search": "Search metadata as you",
    "ingest": "Publish metadata as you",
    "globus_connect_server": "Publish metadata of a storage server as you",
}
_GROUPS = {
    "all": "Manage your groups",
    "view_my_groups_and_memberships": "See the groups that you are in",
}
_TRANSFER = {
    "all": "List, transfer, share and delete files as you",
    "gcp_install": "Set up a personal storage server as you",
}
_FLOWS = {
    "all": "Manage flows and run them as you",
    "manage_flows": "Manage flows as you",
    "view_flows": "See the flows that you may see",
    "run": "Run flows as you",
    "run_status": "See the runs that you may see",
    "run_manage": "Manage the runs of flows as you",
}
OFFERED: dict[str, Offer] = {
    **{name: Offer(AUTH, words) for name, words in _PLAIN.items()},
    **{urn(AUTH, suffix): Offer(AUTH, words) for suffix, words in _AUTH.items()},
    **{urn(SEARCH, suffix): Offer(SEARCH, words) for suffix, words in _SEARCH.items()},
    **{urn(GROUPS, suffix): Offer(GROUPS, words) for suffix, words in _GROUPS.items()},
    **{urn(TRANSFER, suffix): Offer(TRANSFER, words) for suffix, words in _TRANSFER.items()},
    **{url(FLOWS_ID, suffix): Offer(FLOWS, words) for suffix, words in _FLOWS.items()},
    url(TIMERS, "timer"): Offer(TIMERS, "Do later, or again and again, what you tell it to do as you"),
    url(COMPUTE_ID, "all"): Offer(COMPUTE, "Run functions as you"),
}
"""The scopes of the portal's own services."""

_ACTION = re.compile(r"https://auth\.globus\.org/scopes/actions\.globus\.org/[a-z0-9_/]{1,100}\Z")
_OWNED = re.compile(r"https://auth\.globus\.org/scopes/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([\w-]{1,100})\Z")

OwnScopes = Callable[[UUID, str], str | None]
"""``(id, suffix)`` of a scope URL to what it allows in words; None if the app knows no such scope."""
_own_scopes: list[OwnScopes] = []


def offer_scopes(look: OwnScopes) -> None:
    """An app above tells which scopes its own resource servers have; called once, when the portal starts."""
    _own_scopes.append(look)


def offer_of(name: str) -> Offer:
    """Where a scope is good and what it allows.

    Raises:
        UnknownScope: nobody offers it.
    """
    if name in OFFERED:
        return OFFERED[name]
    if _ACTION.match(name):
        return Offer(ACTIONS, f"Run the action {name.rpartition('actions.globus.org/')[2]} as you")
    owned = _OWNED.match(name)
    words = _words_of_owned(UUID(owned[1]), owned[2]) if owned else None
    if owned is None or words is None:
        raise UnknownScope(details={"scope": name[:500]})
    return Offer(owned[1], words)


def words_of(name: str) -> str:
    """What a scope allows, that of a service which is gone too."""
    try:
        return offer_of(name).words
    except UnknownScope:
        return "Something that is no longer offered"


def _words_of_owned(owner: UUID, suffix: str) -> str | None:
    for look in (*_own_scopes, _application_scope):
        words = look(owner, suffix)
        if words is not None:
            return words
    return None


def _application_scope(owner: UUID, suffix: str) -> str | None:
    application = Application.objects.filter(pk=owner).first()
    if application is None or suffix not in application.scopes:
        return None
    return f"Use {application.name} ({suffix}) as you"


def require_offered(scopes: Iterable[Scope]) -> None:
    """
    Raises:
        UnknownScope: one of them, or of what they depend on, is offered by nobody.
    """
    for name in set(all_names(scopes)):
        offer_of(name)


def by_resource_server(names: Iterable[str]) -> dict[str, list[str]]:
    """Names of scopes by where they are good, in the order of first mention; the portal's own sign-in first, because
    clients look for the identity token beside its token."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(offer_of(name).resource_server, []).append(name)
    return dict(sorted(found.items(), key=lambda one: one[0] != AUTH))


def described(scopes: Iterable[Scope], depth: int = 0) -> Iterator[tuple[int, Scope, Offer]]:
    """Each scope with what it allows, those that it depends on one deeper behind it."""
    for scope in scopes:
        yield depth, scope, offer_of(scope.name)
        yield from described(scope.dependencies, depth + 1)
