"""The identities of one who is signed in: linked, and unlinked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.views import ConnectionsView
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from apps.accounts import services
from apps.accounts.models import Identity, User


@dataclass(frozen=True)
class Row:
    """An identity, and the account at its provider that can be unlinked; none for one of this portal."""

    identity: Identity
    account_id: int | None
    label: str


def rows_of(user: User) -> list[Row]:
    accounts = {}
    for account in SocialAccount.objects.filter(user=user):
        provider = services.provider_called(account.provider)
        if provider is not None:
            accounts[provider.realm, account.uid] = account.pk, provider.label
    rows = []
    for identity in services.identities_of(user):
        account_id, label = accounts.get((identity.provider, identity.subject), (None, identity.provider))
        rows.append(Row(identity, account_id, "This portal" if identity.is_local else label))
    return rows


@method_decorator(never_cache, name="dispatch")
class Identities(ConnectionsView):  # type: ignore[misc]  # allauth is not typed
    """allauth's page of linked accounts, shown as identities: it refuses to unlink the last way in."""

    template_name = "accounts/identities.html"

    def get_success_url(self) -> str:
        return str(self.request.path)

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**values)
        return context | {"rows": rows_of(self.request.user)}
