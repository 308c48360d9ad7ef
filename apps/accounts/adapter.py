"""What django-allauth asks the portal.

allauth limits how often a door that takes a secret may be tried. It counts in Django's cache, which all processes
share (``VITRINE_CACHE_URL``), and under a lock, so that tries at the same moment count as well.
"""

from __future__ import annotations

from typing import Any

import msgspec
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import Provider
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from apps.accounts import services
from apps.accounts.errors import IdentityTaken, NoSuchInvitation
from apps.accounts.models import Identity, User
from apps.accounts.services import identities
from apps.accounts.types import LoginProvider, Told
from apps.accounts.types.addresses import UNKNOWN

_MOST_EMAIL = Identity._meta.get_field("email").max_length or 0


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is not typed
    """The only one, so that a wrong password is as much work whoever is named: that takes all the time there is.

    allauth gives what was typed as a username and as an address, and would check the password of a known address twice.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if credentials.get("email") == credentials.get("username"):
            credentials.pop("email", None)
        found: User | None = super().authenticate(request, **credentials)
        return found


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may make an account; also for sign-up by way of another provider."""
        if settings.SIGNUP == "invitation":
            return services.is_invited(request.session.get("invitation"), now=timezone.now())
        return bool(settings.SIGNUP == "open")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from: by ``X-Forwarded-For`` behind a proxy that is believed, else as the web server
        says; ``UNKNOWN`` if neither does. allauth would refuse the request."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return UNKNOWN

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        saved: User = super().save_user(request, user, form, commit)
        _use_invitation(request, saved)
        return saved


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Sign-in at other providers. What they tell is kept as ``Told``, in one shape for all of them."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": "This is your only way to sign in. Set a password or link another identity first.",
        "no_verified_email": "Without this identity you could not get back in. Confirm an e-mail address first.",
    }

    def list_providers(self, request: HttpRequest) -> list[Provider]:
        """Those of the settings, under the names that these give them."""
        found = super().list_providers(request)
        return [_named(provider) for provider in found if identities.provider_called(provider.sub_id)]

    def get_provider(self, *args: Any, **kwargs: Any) -> Provider:
        return _named(super().get_provider(*args, **kwargs))

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Form | None = None) -> User:
        saved: User = super().save_user(request, sociallogin, form)
        if form is None:  # With one it was the other adapter that saved them.
            _use_invitation(request, saved)
        return saved

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Read what the provider tells, before anybody is looked up by it."""
        provider, account = _provider_of(sociallogin), sociallogin.account
        told = _told(provider, account.uid, data, _claims(account.extra_data))
        account.extra_data = msgspec.to_builtins(told)
        for address in sociallogin.email_addresses:
            address.verified = address.verified and provider.trusts_email
        user: User = sociallogin.user
        user.username, user.name, user.email = told.username, told.name, told.email
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse, before anything is written, an identity that another account has."""
        is_linking = sociallogin.state.get("process") == "connect"
        user: Any = request.user if is_linking else sociallogin.user
        try:
            identities.require_free(provider=_provider_of(sociallogin), subject=sociallogin.account.uid, user=user)
        except IdentityTaken as error:
            messages.error(request, error.message)
            place = "account_identities" if is_linking else "account_login"
            raise ImmediateHttpResponse(redirect(place)) from error

    def validate_disconnect(self, account: SocialAccount, accounts: QuerySet[SocialAccount]) -> None:
        """An account at a provider that is not configured any more is no way in."""
        others = [other for other in accounts.exclude(pk=account.pk) if identities.provider_called(other.provider)]
        if not others and not account.user.has_usable_password():
            raise self.validation_error("no_password")

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        return reverse("account_identities")


def _use_invitation(request: HttpRequest, user: User) -> None:
    if settings.SIGNUP != "invitation":
        return
    try:
        services.use_invitation(request.session.pop("invitation", None), user=user, now=timezone.now())
    except NoSuchInvitation as error:
        raise ImmediateHttpResponse(render(request, "account/signup_closed.html")) from error


def _named(provider: Provider) -> Provider:
    provider.name = _configured(provider.sub_id).label
    return provider


def _provider_of(sociallogin: SocialLogin) -> LoginProvider:
    return _configured(sociallogin.account.provider)


def _configured(key: str) -> LoginProvider:
    found = identities.provider_called(key)
    if found is None:
        raise LookupError(f"allauth knows a provider {key!r} that is not in VITRINE_LOGIN_PROVIDERS.")
    return found


def _claims(extra: dict[str, Any]) -> dict[str, Any]:
    """Flat, whichever way allauth keeps them: OpenID Connect's are in two parts."""
    parts = [extra.get("id_token"), extra.get("userinfo")]
    if any(isinstance(part, dict) for part in parts):
        return {name: value for part in parts if part for name, value in part.items()}
    return extra


def _told(provider: LoginProvider, subject: str, data: dict[str, Any], claims: dict[str, Any]) -> Told:
    called = claims.get(provider.names_people_by) or data.get("username") or ""
    called = called[0] if isinstance(called, list) and called else called
    parts = [data.get("first_name"), data.get("last_name")]
    name = data.get("name") or " ".join(part for part in parts if part)
    username = identities.name_at(provider, str(called) or subject, subject)
    wanted = {name for rule in provider.groups for name in (rule.claim, rule.claim.partition(".")[0])}
    kept = {claim: value for claim, value in claims.items() if claim in wanted}
    email = str(data.get("email") or "")
    clean = str(name).replace("\0", "")[:150]
    return Told(username=username, name=clean, email=email if len(email) <= _MOST_EMAIL else "", claims=kept)
