"""The scopes that the actions of a flow need, by whom they run as."""

from __future__ import annotations

from collections.abc import Callable

from apps.flows.language.definition import Action, Definition

_OWN_SCOPES = {"https://transfer.actions.globus.org/": "urn:globus:auth:scope:transfer.api.globus.org:all"}
HOSTS = ("https://actions.globus.org/", "https://actions.automate.globus.org/")
"""Where the hosted actions are, then and now."""
_HOSTED = "https://auth.globus.org/scopes/actions.globus.org/"


def scopes_of(definition: Definition, find_scope: Callable[[str], str | None] = lambda _: None) -> dict[str, list[str]]:
    """By ``User``, ``Flow`` or the name of a role; each scope once, in the order of the definition.

    ``find_scope`` tells that of an address whose action names none, or nothing; known hosted actions need no asking.
    """
    found: dict[str, list[str]] = {}
    for state in definition.states:
        if isinstance(state, Action):
            scope = state.scope or find_scope(state.url) or hosted_scope(state.url)
            scopes = found.setdefault(state.run_as, [])
            scopes += [scope] if scope and scope not in scopes else []
    return {run_as: scopes for run_as, scopes in found.items() if scopes}


def hosted_scope(url: str) -> str:
    """That of an action hosted by Globus; nothing if it is none."""
    for host in HOSTS:
        if url.startswith(host) and (path := url.removeprefix(host).strip("/")):
            return _HOSTED + path.removesuffix("/run")
    return next((scope for address, scope in _OWN_SCOPES.items() if url.startswith(address)), "")
