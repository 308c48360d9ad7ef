"""What the pages of forms share: who asks, which form, and the way back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Form, FormVersion
from apps.web.pages import SignedInPage


class FormPage(SignedInPage):
    """A page of one form, for those who have ``role`` on it."""

    role: ClassVar[str] = "administrator"
    form: Form

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        slug = str(parts.pop("slug"))
        if isinstance(request.user, User):
            self.form = publish.get_form(slug, actor=request.user)
            publish.require_form(request.user, self.role, self.form)
        return super().dispatch(request, *args, **parts)

    @property
    def newest(self) -> FormVersion:
        assert self.form.version is not None  # every form has one
        return self.form.version

    @property
    def document(self) -> dict[str, Any]:
        """The newest."""
        told: dict[str, Any] = self.newest.document
        return told

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, form=self.form, **values)

    def url(self, name: str = "form") -> str:
        return reverse(f"web:forms:{name}", args=[self.form.slug])

    def go(self, name: str = "form") -> HttpResponse:
        return redirect(self.url(name))
