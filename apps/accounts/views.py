"""The account's own pages: who one is, tokens and groups. Signing in and passwords are allauth's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from apps.accounts import services
from apps.accounts.errors import AlreadyMember, LastAdmin
from apps.accounts.forms import GroupForm, MemberForm, TokenForm
from apps.accounts.models import Membership, User
from apps.common.errors import NotAllowed, NotFound


@method_decorator([login_required, never_cache], name="dispatch")
class AccountPage(View):
    """A page of the one who is signed in; what is not theirs does not exist."""

    user: User
    template = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = request.user  # type: ignore[assignment]  # dispatch sends nobody away before it is used

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(error.message) from error
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error

    def page(self, **values: object) -> HttpResponse:
        return render(self.request, self.template, values)


class Overview(AccountPage):
    template = "accounts/overview.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(identities=services.identities_of(self.user))


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


class Groups(AccountPage):
    template = "accounts/groups.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.list(GroupForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = GroupForm(request.POST)
        if not form.is_valid():
            return self.list(form)
        group = services.make_group(owner=self.user, **form.cleaned_data)
        return redirect("account_group", group_id=group.pk)

    def list(self, form: GroupForm) -> HttpResponse:
        return self.page(form=form, memberships=services.memberships_of(self.user))


class GroupPage(AccountPage):
    """One group that one is in: its people, and a form to add somebody if one manages it."""

    template = "accounts/group.html"

    def get(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        mine = services.membership_of(self.user, group_id)
        return self.show(mine, MemberForm(may_choose_role=mine.is_admin))

    def post(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        mine = services.membership_of(self.user, group_id)
        form = MemberForm(request.POST, may_choose_role=mine.is_admin)
        if form.is_valid():
            try:
                services.add_member(group=mine.group, actor=self.user, **form.cleaned_data)
            except AlreadyMember as error:
                form.add_error("identity", error.message)
            else:
                messages.success(request, f"{form.cleaned_data['identity']} is in the group now.")
                return redirect("account_group", group_id=group_id)
        return self.show(mine, form)

    def show(self, mine: Membership, form: MemberForm) -> HttpResponse:
        return self.page(mine=mine, group=mine.group, members=services.members_of(mine.group), form=form)


class RemoveMember(AccountPage):
    def post(self, request: HttpRequest, group_id: UUID, identity_id: UUID) -> HttpResponse:
        group = services.membership_of(self.user, group_id).group
        try:
            services.remove_member(group=group, identity_id=identity_id, actor=self.user)
        except LastAdmin as error:
            messages.error(request, error.message)
        else:
            if identity_id in services.identity_ids_of(self.user):
                messages.success(request, f"You left “{group.name}”.")
                return redirect("account_groups")
        return redirect("account_group", group_id=group_id)
