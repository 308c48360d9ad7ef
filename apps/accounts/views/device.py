"""Where a person types the code that a program without a browser shows (RFC 8628, 3.3)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.models import DeviceCode
from apps.accounts.services import issuing
from apps.accounts.services.devices import waiting_code
from apps.accounts.services.people import identities_of
from apps.accounts.services.scopes import described
from apps.accounts.services.sign_in import sign_in_of
from apps.accounts.types import parse_scopes
from apps.accounts.views.base import AccountPage


class Device(AccountPage):
    """A GET with the code asks whether to let the program in, a POST answers. That it came by a link is not enough:
    the person compares the code with the one on the device."""

    template = "accounts/device.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("user_code", "")
        if not typed:
            return self.page()
        code = waiting_code(typed, asker=self.user, now=timezone.now())
        if code is None:
            return self.page(typed=typed, is_unknown=True)
        scopes = list(described(parse_scopes(code.scope)))
        return self.page(code=code, scopes=scopes, identities=identities_of(self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        code = waiting_code(request.POST.get("user_code", ""), asker=self.user, now=now)
        if code is None:
            return self.page(typed=request.POST.get("user_code", ""), is_unknown=True)
        if request.POST.get("decision") == "allow":
            self._let_in(request, code)
            messages.success(request, f"“{code.application}” is let in. Go back to the device.")
        else:
            messages.info(request, f"“{code.application}” is not let in.")
        code.answered_at = now
        code.save(update_fields=["answered_at", "grant"])
        return redirect("account_connections")

    def _let_in(self, request: HttpRequest, code: DeviceCode) -> None:
        scopes = parse_scopes(code.scope)
        code.grant = issuing.let_in(
            user=self.user,
            application=code.application,
            scopes=scopes,
            allows_refresh="offline_access" in {scope.name for scope in scopes},
            now=timezone.now(),
            sign_in=sign_in_of(request, self.user),
        )
