"""Looking at an index as somebody else: begun and ended here, by its admins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts import services as accounts
from apps.accounts.errors import NoSuchPerson
from apps.accounts.forms.usernames import UsernameField
from apps.web import links, viewing
from apps.web.manage.base import ManagePage


class ViewAsForm(forms.Form):
    """``chosen`` is a person, or one of the two who are none in particular."""

    kind = forms.ChoiceField(
        label="As whom",
        choices=[
            (viewing.PERSON, "A person"),
            (viewing.SOMEBODY, "Somebody who is signed in, in no group"),
            (viewing.NOBODY, "Nobody who is signed in"),
        ],
        initial=viewing.PERSON,
    )
    username = UsernameField(required=False)
    subject = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    """The record at which one asked for it, if it was at one."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") != viewing.PERSON:
            return given | {"chosen": given.get("kind")}
        try:
            given["chosen"] = accounts.find_identity(given.get("username", "")).user
            if given["chosen"] is None:
                raise NoSuchPerson("Nobody has signed in with this identity yet. Name one of somebody who has.")
        except NoSuchPerson as error:
            self.add_error("username", error.message)
        return given


class ViewAs(ManagePage):
    role = viewing.ROLE
    section = "view_as"
    template = "web/manage/view_as.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(form=ViewAsForm(initial={"subject": request.GET.get("subject", "")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ViewAsForm(request.POST)
        if not form.is_valid():
            return self.page(form=form, status=400)
        viewing.start(request, self.index, form.cleaned_data["chosen"])
        slug, subject = self.index.slug, form.cleaned_data["subject"]
        return redirect(links.record_url(slug, subject) if subject else links.index_url(slug))


class Stop(ManagePage):
    """Leads back to the page of the index, as oneself."""

    role = viewing.ROLE
    ends_viewing = True

    def post(self, request: HttpRequest) -> HttpResponse:
        viewing.stop(request, self.index)
        return redirect(links.index_url(self.index.slug))
