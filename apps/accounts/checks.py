"""Combinations of settings that cannot work, told when the portal starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from apps.accounts.types import GroupRule, Kind, LoginProvider

_VERIFICATIONS = ("none", "optional", "mandatory")
_SIGNUPS = ("open", "invitation", "closed")
_NEAR = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(:|/|\Z)")  # No network is between.
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@register()
def verification_is_possible(**_: Any) -> list[CheckMessage]:
    """A portal that asks people to confirm their address must be able to write to them."""
    chosen = settings.ACCOUNT_EMAIL_VERIFICATION
    if chosen not in _VERIFICATIONS:
        hint = f"Set VITRINE_EMAIL_VERIFICATION to one of {', '.join(_VERIFICATIONS)}."
        return [Error(f"{chosen!r} is no way to verify e-mail addresses.", hint=hint, id="accounts.E001")]
    if chosen == "mandatory" and settings.EMAIL_BACKEND.endswith(".console.EmailBackend"):
        hint = "Set VITRINE_EMAIL_HOST, or VITRINE_EMAIL_VERIFICATION=none."
        message = "Nobody can sign in before they confirm their address, and e-mail goes to the log alone."
        return [Warning(message, hint=hint, id="accounts.W001")]
    return []


@register()
def provider_is_a_name(**_: Any) -> list[CheckMessage]:
    """Usernames end in it (``alice@vitrine.local``), so that it must look like a domain."""
    if _DOMAIN.fullmatch(settings.IDENTITY_PROVIDER):
        return []
    hint = "Set VITRINE_IDENTITY_PROVIDER to a name in lower case such as vitrine.example.org."
    return [Error(f"{settings.IDENTITY_PROVIDER!r} cannot end a username.", hint=hint, id="accounts.E002")]


@register()
def signup_is_known(**_: Any) -> list[CheckMessage]:
    if settings.SIGNUP in _SIGNUPS:
        return []
    hint = f"Set VITRINE_SIGNUP to one of {', '.join(_SIGNUPS)}."
    return [Error(f"{settings.SIGNUP!r} is no way to sign up.", hint=hint, id="accounts.E004")]


@register()
def providers_can_work(**_: Any) -> list[CheckMessage]:
    """Each provider has what its kind needs, and no two give the same usernames."""
    found: list[CheckMessage] = []
    keys, realms = set(), {settings.IDENTITY_PROVIDER}
    for provider in settings.LOGIN_PROVIDERS:
        wrong = list(_wrong_with(provider))
        if provider.key in keys:
            wrong.append(("Another one has this id too.", "Give each an id of its own."))
        if provider.realm in realms:
            wrong.append((f"Usernames of another one end in @{provider.realm} too.", "Set its domain."))
        keys.add(provider.key)
        realms.add(provider.realm)
        place = f"VITRINE_LOGIN_PROVIDERS, {provider.key}: "
        found += [Error(place + message, hint=hint, id="accounts.E003") for message, hint in wrong]
    return found


def _wrong_with(provider: LoginProvider) -> Iterator[tuple[str, str]]:
    """What is wrong with one provider alone, and what to do."""
    if provider.kind in {Kind.OPENID_CONNECT, Kind.SAML}:
        if not re.fullmatch(r"[a-z0-9-]+", provider.id):
            yield f"{provider.id!r} cannot stand in an address.", "Set its id, of a-z, 0-9 and - alone."
    elif provider.id:
        yield "Only OpenID Connect and SAML have ids.", "Leave the id out."
    if provider.kind is Kind.OPENID_CONNECT and not re.match(r"https?://[^/]", provider.server_url):
        yield "It is not known where it is.", "Set server_url to the issuer, such as https://sso.example.org."
    elif provider.server_url.startswith("http:") and not _NEAR.match(provider.server_url):
        yield "Who comes from there could be anybody.", "Let its server_url begin with https://."
    if provider.kind is Kind.SAML:
        yield from _wrong_with_saml(provider)
    elif not (provider.client_id and provider.secret):
        yield "It does not know this portal.", "Register the portal there, and set client_id and secret."
    if not _DOMAIN.fullmatch(provider.realm):
        yield f"{provider.realm!r} cannot end a username.", "Set its domain, such as example.org."
    for rule in provider.groups:
        yield from _wrong_with_rule(rule)


def _wrong_with_saml(provider: LoginProvider) -> Iterator[tuple[str, str]]:
    ways = [{"entity_id", "metadata_url"}, {"entity_id", "sso_url", "x509cert"}]
    if not any(way <= provider.idp.keys() for way in ways):
        yield "It is not known where it is.", "Set idp to entity_id and metadata_url, or entity_id, sso_url, x509cert."
    if find_spec("onelogin") is None:
        yield "The library for SAML is missing.", "pip install 'vitrine[saml]'."


def _wrong_with_rule(rule: GroupRule) -> Iterator[tuple[str, str]]:
    if bool(rule.value) == bool(rule.pattern):
        yield f"The rule for group {rule.group!r} asks for nothing.", "Give it a value or a pattern, not both."
    try:
        re.compile(rule.pattern)
    except re.error as error:
        yield f"The pattern {rule.pattern!r} is wrong: {error}.", "Write a regular expression of Python."
