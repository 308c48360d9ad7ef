"""Invitations: made by staff, opened by whom they are for."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from allauth.decorators import rate_limit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from apps.accounts import services
from apps.accounts.errors import MailNotSent, NoSuchInvitation
from apps.accounts.forms.invitations import InvitationForm
from apps.accounts.views.base import AccountPage


class StaffPage(AccountPage):
    """A page of those who administer people."""

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not request.user.is_staff:
            raise PermissionDenied("Only staff may invite people. Ask an administrator.")


class Invitations(StaffPage):
    """The open ones, and a form for a new one. Its link is in the answer to that form and nowhere else."""

    template = "accounts/invitations.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.list(InvitationForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InvitationForm(request.POST)
        if not form.is_valid():
            return self.list(form)
        expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
        made, link = services.invite_to_sign_up(
            email=form.cleaned_data["email"], expires_at=expires_at, actor=self.user
        )
        if form.cleaned_data["is_sent"]:
            try:
                services.send_invitation(made, link=link)
            except MailNotSent as error:
                messages.error(request, error.message)
        return self.list(InvitationForm(), made=made, link=link)

    def list(self, form: InvitationForm, **values: object) -> HttpResponse:
        return self.page(form=form, invitations=services.open_invitations(timezone.now()), **values)


class RevokeInvitation(StaffPage):
    def post(self, request: HttpRequest, invitation_id: UUID) -> HttpResponse:
        taken_back = services.revoke_invitation(invitation_id=invitation_id, now=timezone.now())
        messages.success(request, f"The invitation of {taken_back.email} is taken back.")
        return redirect("account_invitations")


@method_decorator([rate_limit(action="invitation", limit_get=True), never_cache], name="dispatch")
class OpenInvitation(View):
    """Where the link leads. Looking at it uses nothing up, because programs that scan mail look too."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        try:
            invitation = services.find_invitation(secret, now=timezone.now())
        except NoSuchInvitation as error:
            return render(request, "accounts/invitation_over.html", {"message": error.message}, status=404)
        request.session["invitation"] = str(invitation.pk)
        return redirect(f"{reverse('account_signup')}?{urlencode({'email': invitation.email})}")
