"""Who one is, and how one is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse

from apps.accounts import services
from apps.accounts.models import User
from apps.accounts.services.applications import applications_of
from apps.accounts.services.consents import connections_of
from apps.accounts.views.base import AccountPage
from apps.accounts.views.sessions import browser_of

STEPS = {"password": "by password", "mfa": "by a second step", "code": "by a code"}


@dataclass(frozen=True)
class SignIn:
    """How this session began: ``by password, by a second step``, and from where."""

    steps: str
    browser: str


def sign_in_of(request: HttpRequest, user: User) -> SignIn:
    steps = []
    for record in get_authentication_records(request, user):
        provider = services.provider_called(record.get("provider", ""))
        step = "by passkey" if record.get("passwordless") else STEPS.get(record["method"], "")
        steps.append(f"at {provider.label}" if provider else step)
    return SignIn(", ".join(dict.fromkeys(filter(None, steps))), browser_of(request.headers.get("User-Agent", "")))


class Overview(AccountPage):
    template = "accounts/overview.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            sign_in=sign_in_of(request, self.user),
            identities=services.identities_of(self.user),
            has_second_step=is_mfa_enabled(self.user),
            session_count=len(services.sessions_of(self.user)),
            token_count=len(services.tokens_of(self.user)),
            connection_count=len(connections_of(self.user)),
            application_count=len(applications_of(self.user)),
        )
