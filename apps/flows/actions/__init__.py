"""The action providers that are built in, by their names and by the URLs that existing definitions know them by."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from apps.flows.actions.base import Provider
from apps.flows.actions.flows import FLOW, flow_at
from apps.flows.actions.remote import Remote
from apps.flows.errors import NoSuchProvider

REMOTE = Remote()
_unserved: dict[str, Provider] = {"": REMOTE}
"""By name, those that are met at other addresses than ``/api/actions/``."""


@cache
def providers() -> dict[str, Provider]:
    """By name, in the order of the settings."""
    made: list[Provider] = [import_string(path)() for path in settings.FLOW_ACTIONS]
    return {one.name: one for one in made}


@cache
def _by_url() -> dict[str, Provider]:
    known = {alias: one for one in providers().values() for alias in one.aliases}
    own = {f"{settings.PUBLIC_URL}/api/actions/{name}": one for name, one in providers().items()}
    return {**known, **own, **{f"/api/actions/{name}": one for name, one in providers().items()}}


def offer_flows(provider: Provider) -> None:
    """A layer above tells who runs flows as actions of others; called once, when the portal starts."""
    _unserved[FLOW] = provider


def provider_at(url: str) -> Provider | None:
    """The built-in provider that an ``ActionUrl`` means; None is one elsewhere."""
    plain = url.split("#")[0].rstrip("/")
    for ending in ("", "/run", "/actions"):
        found = _by_url().get(plain.removesuffix(ending)) if plain.endswith(ending) else None
        if found is not None:
            return found
    return None if flow_at(url) is None else _unserved[FLOW]


def action_at(url: str) -> str | None:
    """The name of the built-in action that an ``ActionUrl`` means."""
    provider = provider_at(url)
    return provider.name if provider else None


def provider_named(name: str) -> Provider | None:
    """One that has an address under ``/api/actions/``."""
    return providers().get(name)


def provider_of(name: str) -> Provider:
    """The one of an action: "" are those elsewhere.

    Raises:
        NoSuchProvider: it is not built in, or no longer.
    """
    found = providers().get(name) or _unserved.get(name)
    if found is None:
        raise NoSuchProvider(f"The action “{name}” is not installed here.")
    return found


__all__ = [
    "REMOTE",
    "Provider",
    "action_at",
    "offer_flows",
    "provider_at",
    "provider_named",
    "provider_of",
    "providers",
]
