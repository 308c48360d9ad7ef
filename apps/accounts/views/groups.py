"""The groups that one is in, was invited to, or may find."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts import services
from apps.accounts.forms.groups import GroupForm
from apps.accounts.models import Membership
from apps.accounts.views.base import AccountPage
from apps.common.paging import page_of

GROUPS_A_PAGE = 20


class Groups(AccountPage):
    """One's own, and a form for a new one."""

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
        memberships = services.memberships_of(self.user)
        own = {mine.group_id for mine in memberships}
        return self.page(
            form=form,
            memberships=memberships,
            above=[group for group in services.groups_of(self.user) if group.pk not in own],
            invitations=services.waiting_of(self.user, Membership.Status.INVITED),
            requests=services.waiting_of(self.user, Membership.Status.PENDING),
        )


class FindGroups(AccountPage):
    """Groups that all who are signed in may see, by their names."""

    template = "accounts/find_groups.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "")
        found = services.findable_groups(self.user, text)
        groups, pages = page_of(found, request, size=GROUPS_A_PAGE)
        return self.page(text=text, groups=groups, pages=pages)
