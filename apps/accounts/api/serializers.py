"""What is told about identities, applications and consents, with the keys that clients of Globus Auth read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Set
from typing import Any

from django.conf import settings

from apps.accounts.models import Application, Credential, Identity, User
from apps.accounts.oauth.client import GRANTS
from apps.accounts.services.applications import CLIENTS_PROVIDER
from apps.accounts.services.consents import Standing
from apps.accounts.services.scopes import AUTH, offer_of, urn

_IDENTITY_SET = urn(AUTH, "view_identity_set")


def userinfo(user: User, identities: list[Identity], allowed: Set[str] | None) -> dict[str, Any]:
    """The identity that the user is known by, and the set of all, as far as scopes allow; None allows everything."""
    told = _person(identities[0], user)
    username = told.pop("username")
    if allowed is None or "profile" in allowed:
        told["preferred_username"] = username
    else:
        told.pop("name")
    if allowed is not None and "email" not in allowed:
        told.pop("email")
    if allowed is None or _IDENTITY_SET in allowed:
        told["identity_set"] = [_person(identity, user) for identity in identities]
    return told


def _person(identity: Identity, user: User) -> dict[str, Any]:
    signed_in_at = user.last_login if identity.is_local else None
    return {
        "sub": str(identity.pk),
        "username": identity.username,
        "name": identity.name,
        "email": identity.email or None,
        "identity_provider": provider_id(identity.provider),
        "identity_provider_display_name": provider_name(identity.provider),
        "organization": None,
        "last_authentication": signed_in_at and int(signed_in_at.timestamp()),
    }


def identities(found: Iterable[Identity], *, include: str) -> dict[str, Any]:
    """Those who look people up learn names, and no e-mail address."""
    found = list(found)
    told: dict[str, Any] = {
        "identities": [
            {
                "id": str(one.pk),
                "username": one.username,
                "name": one.name,
                "email": None,
                "organization": None,
                "identity_provider": provider_id(one.provider),
                "identity_type": "login",
                "status": "used" if one.user_id else "unused",
            }
            for one in found
        ]
    }
    if "identity_provider" in include:
        providers = dict.fromkeys(one.provider for one in found)
        told["included"] = {"identity_providers": [_provider(provider) for provider in providers]}
    return told


def identity_providers() -> list[dict[str, Any]]:
    """Those of the settings, and those from which anybody here has an identity."""
    known = Identity.objects.exclude(provider=CLIENTS_PROVIDER).order_by("provider").values_list("provider", flat=True)
    configured = [provider.realm for provider in settings.LOGIN_PROVIDERS]
    return [_provider(name) for name in dict.fromkeys([settings.IDENTITY_PROVIDER, *configured, *known.distinct()])]


def _provider(name: str) -> dict[str, Any]:
    return {
        "id": provider_id(name),
        "name": provider_name(name),
        "domains": [name],
        "short_name": name.split(".")[0],
        "alternative_names": [],
    }


def provider_id(provider: str) -> str:
    """A UUID for a provider that has a domain: clients expect one, and it must not change from start to start."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, provider))


def provider_name(provider: str) -> str:
    labels = {each.realm: each.label for each in settings.LOGIN_PROVIDERS} | {
        settings.IDENTITY_PROVIDER: settings.FACILITY
    }
    return labels.get(provider) or provider


def consent(standing: Standing, known_by: Identity) -> dict[str, Any]:
    """One consent. ``client`` is who uses the scope: the application, or the service behind the consent above."""
    one = standing.consent
    user_of_scope = str(one.application_id) if one.parent is None else _service_id(one.parent.scope)
    return {
        "id": one.pk,
        "client": user_of_scope,
        "scope": str(uuid.uuid5(uuid.NAMESPACE_URL, one.scope)),
        "scope_name": one.scope,
        "effective_identity": str(known_by.pk),
        "dependency_path": list(standing.path),
        "created": one.created_at.isoformat(),
        "updated": one.updated_at.isoformat(),
        "last_used": one.last_used_at.isoformat(),
        "status": "approved",
        "allows_refresh": one.allows_refresh,
        "auto_approved": False,
        "atomically_revocable": one.is_optional,
    }


def _service_id(scope: str) -> str:
    name = offer_of(scope).resource_server
    try:
        return str(uuid.UUID(name))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def application(one: Application) -> dict[str, Any]:
    """What an application may know of itself."""
    return {
        "id": str(one.pk),
        "name": one.name,
        "client_type": "public_installed_client" if one.is_public else "confidential_client",
        "public_client": one.is_public,
        "grant_types": sorted(GRANTS[one.kind]),
        "redirect_uris": one.redirect_uris,
        "scopes": one.scopes,
        "parent_client": str(one.template_id) if one.template_id else None,
        "fqdns": [],
        "links": {"privacy_policy": None, "terms_and_conditions": None},
        "preselect_idp": None,
        "required_idp": None,
        "project": None,
        "prompt_for_named_grant": False,
        "userinfo_from_effective_identity": True,
        "visibility": "private",
    }


def registered(one: Application, credential: Credential, secret: str) -> dict[str, Any]:
    """An application with its first secret, which is told this once."""
    return {
        "client": application(one),
        "included": {
            "client_credential": {
                "id": str(credential.pk),
                "client": str(one.pk),
                "name": credential.name,
                "secret": secret,
                "created": credential.created_at.isoformat(),
            }
        },
    }
