"""Who may do what with a flow or a run: what there is, and changes by those who administer it."""

from __future__ import annotations

from apps.access import services as access
from apps.access.services import Actor, Roles
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, Resource
from apps.accounts.models import User
from apps.flows import services as flows
from apps.flows.services import FlowChanges, RunChanges
from apps.web.flows.base import FlowPage, RunPage
from apps.web.people.roles import OWNER, Holder, RolesPage, RoleWords

_WIDE = frozenset({"starter", "viewer"})
FLOW_ROLES = RoleWords(
    told={
        "owner": "Owns it",
        "administrator": "Changes it",
        "starter": "Starts it",
        "viewer": "Sees it",
        "run_manager": "Steers all of its runs",
        "run_monitor": "Sees all of its runs",
    },
    wide={PUBLIC: _WIDE, ALL_AUTHENTICATED: _WIDE},
    refusal="Only seeing and starting can be for everybody.",
)
RUN_ROLES = RoleWords(
    told={"owner": "Owns it", "manager": "Steers it", "monitor": "Sees it"},
    wide={},
    refusal="A run is seen and steered by people and groups.",
)


def holders(resource: Resource, reader: Actor, *, administers: bool) -> list[Holder]:
    """Who is not among those that administer it is told of the owner alone, and nobody who is not signed in of
    anybody."""
    if not isinstance(reader, User):
        return []
    roles = FLOW_ROLES if resource.kind == "flow" else RUN_ROLES
    held = access.principals_with(resource)
    return roles.holders(held if administers else {OWNER: held.get(OWNER, [])}, reader)


class FlowPeople(FlowPage, RolesPage):
    role = "administrator"
    roles = FLOW_ROLES
    template = "web/flows/people.html"

    def resource(self) -> Resource:
        return self.flow.resource

    def give(self, roles: Roles) -> None:
        flows.change_flow(flow=self.flow, actor=self.user, told=FlowChanges(roles=roles))


class RunPeople(RunPage, RolesPage):
    role = "manager"
    roles = RUN_ROLES
    template = "web/flows/people.html"

    def resource(self) -> Resource:
        return self.run.resource

    def give(self, roles: Roles) -> None:
        flows.change_run(run=self.run, actor=self.user, told=RunChanges(roles=roles))
