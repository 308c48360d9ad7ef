"""Who has which role on an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Conflict, Invalid
from apps.search import services as search
from apps.web import links
from apps.web.manage.base import ManagePage
from apps.web.manage.forms import GrantForm
from apps.web.people.names import Name, named


@dataclass(frozen=True, slots=True)
class RoleView:
    id: UUID
    name: Name
    role: str
    since: datetime
    is_last_owner: bool


class Roles(ManagePage):
    role = "admin"
    section = "roles"
    template = "web/manage/roles.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.list(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self.list(form, status=400)
        given = form.cleaned_data
        try:
            search.grant_role(index=self.index, actor=self.user, role_name=given["role"], principal=given["principal"])
        except (Conflict, Invalid) as error:
            form.add_error(None, error.message)
            return self.list(form, status=400)
        name = named([given["principal"]], self.user)[given["principal"]]
        self.tell(f"{name.text} has the role {given['role']} now.")
        return self.go("roles")

    def _form(self, given: object = None) -> GrantForm:
        names = search.role_names(index=self.index, actor=self.user)
        return GrantForm(given, reader=self.user, may_make_owners="owner" in names)

    def list(self, form: GrantForm, *, status: int = 200) -> HttpResponse:
        held = search.roles(index=self.index, actor=self.user)
        names = named({one.principal for one in held}, self.user)
        owners = sum(one.role_name == "owner" for one in held)
        roles = [
            RoleView(
                one.pk,
                names[one.principal],
                one.role_name,
                one.created_at,
                is_last_owner=one.role_name == "owner" and owners == 1,
            )
            for one in held
        ]
        return self.page(form=form, roles=roles, status=status)


class Withdraw(ManagePage):
    role = "admin"

    def post(self, request: HttpRequest, role_id: UUID) -> HttpResponse:
        try:
            gone = search.withdraw_role(index=self.index, actor=self.user, role_id=role_id)
        except Conflict as error:
            self.tell_problem(error.message)
            return self.go("roles")
        name = named([gone.principal], self.user)[gone.principal]
        self.tell(f"{name.text} has the role {gone.role_name} no more.")
        return redirect(links.index_url(self.index.slug)) if name.is_you else self.go("roles")
