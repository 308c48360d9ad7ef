"""Where people may sign in, beside here: one setting, told to django-allauth in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.core.exceptions import ImproperlyConfigured

from apps.accounts.types import Kind, LoginProvider


def read_providers(text: str) -> tuple[LoginProvider, ...]:
    """The providers of ``VITRINE_LOGIN_PROVIDERS``; combinations that cannot work are found by the system checks."""
    try:
        return msgspec.json.decode(text or "[]", type=tuple[LoginProvider, ...])
    except msgspec.DecodeError as error:
        message = f"VITRINE_LOGIN_PROVIDERS: {error}. Write a JSON list, an object for each provider."
        raise ImproperlyConfigured(message) from error


def allauth_apps(providers: Sequence[LoginProvider]) -> list[str]:
    """OpenID Connect is always there, so that a provider more is a matter of one setting alone."""
    kinds = {Kind.OPENID_CONNECT} | {provider.kind for provider in providers}
    return [f"allauth.socialaccount.providers.{kind.value}" for kind in sorted(kinds)]


def allauth_providers(providers: Sequence[LoginProvider]) -> dict[str, dict[str, Any]]:
    """``SOCIALACCOUNT_PROVIDERS``."""
    found: dict[str, dict[str, Any]] = {}
    for provider in providers:
        found.setdefault(provider.kind.value, {"APPS": []})["APPS"].append(_app(provider))
    return found


def _app(provider: LoginProvider) -> dict[str, Any]:
    settings: dict[str, Any] = {"email_authentication": provider.trusts_email, "oauth_pkce_enabled": True}
    if provider.kind is Kind.OPENID_CONNECT:
        settings["server_url"] = provider.server_url
    if provider.kind is Kind.SAML:
        settings["idp"] = provider.idp
        if provider.attributes:
            settings["attribute_mapping"] = provider.attributes
    return {
        "name": provider.label,
        "provider_id": provider.id,
        "client_id": provider.id if provider.kind is Kind.SAML else provider.client_id,
        "secret": provider.secret,
        "settings": settings,
    }
