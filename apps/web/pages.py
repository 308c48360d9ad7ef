"""What all pages share: who asks, the template that answers, and what the next page says of what was done."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.errors import NotAuthenticated


class Page(View):
    template: ClassVar[str] = ""

    @property
    def actor(self) -> Actor:
        """Who asks: perhaps nobody."""
        return self.request.user

    @property
    def user(self) -> User:
        """Who asks, where that is somebody's to do.

        Raises:
            NotAuthenticated: nobody is signed in.
        """
        if not isinstance(self.actor, User):
            raise NotAuthenticated("This is done in somebody's name: sign in, and you come back to this page.")
        return self.actor

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return render(self.request, template or self.template, values, status=status)

    def tell(self, message: str) -> None:
        """On the next page: that something was done."""
        messages.success(self.request, message)

    def tell_problem(self, message: str) -> None:
        """On the next page: why it was not."""
        messages.error(self.request, message)


class SignedInPage(Page):
    """Who is not signed in is led to where one does, and comes back."""

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **parts)
