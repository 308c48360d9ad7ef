"""Who one is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps.accounts import services
from apps.accounts.views.base import AccountPage


class Overview(AccountPage):
    template = "accounts/overview.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(identities=services.identities_of(self.user))
