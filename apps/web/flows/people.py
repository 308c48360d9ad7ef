"""Who may do what with a flow or a run: what there is, and changes by those who administer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.access import services as access
from apps.access.errors import InvalidPrincipal
from apps.access.services import Actor
from apps.access.types import Resource, parse_principal
from apps.accounts.models import User
from apps.flows import services as flows
from apps.flows.services import FlowChanges, RunChanges
from apps.web.files.candidates import candidates
from apps.web.flows.base import FlowPage, RunPage
from apps.web.manage.people import Name, named
from apps.web.pages import Page

MOST_TEXT = 255
FLOW_WORDS = {
    "owner": "Owns it",
    "administrator": "Changes it",
    "starter": "Starts it",
    "viewer": "Sees it",
    "run_manager": "Steers all of its runs",
    "run_monitor": "Sees all of its runs",
}
RUN_WORDS = {"owner": "Owns it", "manager": "Steers it", "monitor": "Sees it"}
FOR_EVERYBODY = frozenset({"starter", "viewer"})
"""Roles that everybody, or all who are signed in, may be given."""


@dataclass(frozen=True, slots=True)
class Holder:
    role: str
    words: str
    name: Name
    is_fixed: bool


def holders(resource: Resource, reader: Actor, *, administers: bool) -> list[Holder]:
    """With the widest role first. Who is not among those that administer it is told of the owner alone, and nobody who
    is not signed in of anybody."""
    if not isinstance(reader, User):
        return []
    words = FLOW_WORDS if resource.kind == "flow" else RUN_WORDS
    held = {role: who for role, who in access.principals_with(resource).items() if administers or role == "owner"}
    names = named({principal for principals in held.values() for principal in principals}, reader)
    return [
        Holder(role, told, names[principal], is_fixed=role == "owner")
        for role, told in words.items()
        for principal in held.get(role, ())
    ]


class PeoplePage(Page):
    """Two forms: one that gives a role, and one beside each holder that takes it back."""

    template = "web/flows/people.html"
    words: ClassVar[Mapping[str, str]] = {}

    def resource(self) -> Resource:
        raise NotImplementedError

    def give(self, roles: Mapping[str, list[str]]) -> None:
        """Let exactly these principals have these roles."""
        raise NotImplementedError

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        role, typed = request.POST.get("role", ""), request.POST.get("principal", "")
        held = access.principals_with(self.resource()).get(role, [])
        if role not in self.words or role == "owner":
            return self.shown(error="Choose what they may do.", status=400)
        try:
            principal = str(parse_principal(typed))
        except InvalidPrincipal:
            return self.shown(error="Choose whom: one of those that are listed.", status=400)
        if "remove" in request.POST:
            self.give({role: [one for one in held if one != principal]})
            self.tell("The role is taken back.")
        elif principal in {"public", "all_authenticated_users"} and role not in FOR_EVERYBODY:
            return self.shown(error="Only seeing and starting can be for everybody.", status=400)
        else:
            self.give({role: [*held, principal]})
            self.tell("The role is given.")
        return redirect(request.path)

    def shown(self, *, error: str = "", status: int = 200) -> HttpResponse:
        find = self.request.GET.get("find", "").replace("\0", "").strip()[:MOST_TEXT]
        return self.page(
            holders=holders(self.resource(), self.user, administers=True),
            candidates=candidates(self.user, find),
            find=find,
            roles=[(role, words) for role, words in self.words.items() if role != "owner"],
            error=error,
            chosen=self.request.POST.get("role", ""),
            status=status,
        )


class FlowPeople(PeoplePage, FlowPage):
    role = "administrator"
    words = FLOW_WORDS

    def resource(self) -> Resource:
        return self.flow.resource

    def give(self, roles: Mapping[str, list[str]]) -> None:
        flows.change_flow(flow=self.flow, actor=self.user, told=FlowChanges(roles=roles))


class RunPeople(PeoplePage, RunPage):
    role = "manager"
    words = RUN_WORDS

    def resource(self) -> Resource:
        return self.run.resource

    def give(self, roles: Mapping[str, list[str]]) -> None:
        flows.change_run(run=self.run, actor=self.user, told=RunChanges(roles=roles))
