"""The groups that one is in, and their people."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts import services
from apps.accounts.errors import AlreadyMember, LastAdmin
from apps.accounts.forms.groups import GroupForm, MemberForm
from apps.accounts.models import Membership
from apps.accounts.views.base import AccountPage


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
        return self.page(
            mine=mine,
            group=mine.group,
            members=services.members_of(mine.group, actor=self.user).filter(status="active"),
            form=form,
        )


class RemoveMember(AccountPage):
    def post(self, request: HttpRequest, group_id: UUID, identity_id: UUID) -> HttpResponse:
        group = services.get_group(group_id, actor=self.user)
        identity = services.get_identity(identity_id)
        is_own = identity_id in services.identity_ids_of(self.user)
        step = services.leave if is_own else services.remove_member
        try:
            step(group=group, identity=identity, actor=self.user)
        except LastAdmin as error:
            messages.error(request, error.message)
        else:
            if is_own:
                messages.success(request, f"You left “{group.name}”.")
                return redirect("account_groups")
        return redirect("account_group", group_id=group_id)
