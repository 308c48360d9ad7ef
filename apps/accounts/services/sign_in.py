"""How somebody signed in, for applications that ask for more than a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from apps.accounts.models import Identity, User
from apps.accounts.services.people import identities_of
from apps.common.parsing import is_true, words_in

_AMR = {"password": "pwd", "code": "otp", "totp": "otp", "recovery_codes": "otp", "webauthn": "hwk"}
"""allauth's words for how one signs in, as RFC 8176 has them."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """When and how somebody signed in; ``authentications`` are by identity, as Globus Auth tells them."""

    at: datetime | None
    authentications: dict[str, dict[str, Any]]
    identities: tuple[Identity, ...]

    def missing(self, asked: Mapping[str, str]) -> str:
        """What of the requirements of an application (``session_required_…``) is not met, in words; "" if all is."""
        wanted = words_in(asked.get("session_required_identities", ""))
        mine = {str(one.pk) for one in self.identities} | {one.username for one in self.identities}
        if wanted and not any(one.lower() in mine for one in wanted):
            return f"It asks for {' or '.join(wanted)}. Sign in with that identity, or link it to this account first."
        domains = words_in(asked.get("session_required_single_domain", ""))
        if domains and not any(one.provider in domains for one in self.identities):
            return f"It asks for an identity of {' or '.join(domains)}. Link one to this account first."
        if words_in(asked.get("session_required_policies", "")):
            return "It asks for a policy, and this portal has none. Ask those who run it what they need it for."
        needs_mfa = is_true(asked.get("session_required_mfa", ""))
        if needs_mfa and not any({"mfa"} & set(one["amr"] or []) for one in self.authentications.values()):
            return "It asks for a second factor. Set one up on your account page, sign out, and sign in with it."
        return ""


def sign_in_of(request: HttpRequest, user: User) -> SignIn:
    """What the browser's session remembers of how the user signed in."""
    identities = identities_of(user)
    methods = get_authentication_records(request, user)
    times = [method["at"] for method in methods if "at" in method]
    at = datetime.fromtimestamp(max(times), UTC) if times else user.last_login
    amr = list(dict.fromkeys(_amr(method) for method in methods))
    if any(method.get("method") == "mfa" for method in methods):
        amr.append("mfa")
    by_identity = {}
    for identity in identities:
        used = [method for method in methods if _is_of(method, identity)]
        if used:
            by_identity[str(identity.pk)] = {
                "idp": identity.provider,
                "auth_time": int(max(method.get("at", 0) for method in used)),
                "acr": None,
                "amr": amr or None,
                "custom_claims": {},
            }
    return SignIn(at, by_identity, tuple(identities))


def _amr(method: dict[str, Any]) -> str:
    name = method.get("type") or method.get("method") or ""
    return _AMR.get(name, "fed" if name == "socialaccount" else name)


def _is_of(method: dict[str, Any], identity: Identity) -> bool:
    """Whether this way of signing in showed that one is this identity."""
    if method.get("method") == "socialaccount":
        return not identity.is_local and identity.subject == method.get("uid")
    return identity.is_local
