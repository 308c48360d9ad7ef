"""Personal access tokens: made, seen once, revoked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts import services
from apps.accounts.forms.tokens import TokenForm
from apps.accounts.views.base import AccountPage


class Tokens(AccountPage):
    """All tokens, and a form for a new one. Its secret is in the answer to that form and nowhere else."""

    template = "accounts/tokens.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.list(TokenForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.list(form)
        expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
        token, secret = services.make_token(user=self.user, name=form.cleaned_data["name"], expires_at=expires_at)
        return self.list(TokenForm(), made=token, secret=secret)

    def list(self, form: TokenForm, **values: object) -> HttpResponse:
        return self.page(form=form, tokens=services.tokens_of(self.user), now=timezone.now(), **values)


class RevokeToken(AccountPage):
    def post(self, request: HttpRequest, token_id: UUID) -> HttpResponse:
        token = services.revoke_token(actor=self.user, token_id=token_id, now=timezone.now())
        messages.success(request, f"“{token.name}” is revoked. Programs that used it are refused from now on.")
        return redirect("account_tokens")
