"""Who may do what with a form: what there is, and changes by those who administer it."""

from __future__ import annotations

from apps.access.services import Roles
from apps.access.types import ALL_AUTHENTICATED, Resource
from apps.publish import services as publish
from apps.publish.services import FormChanges
from apps.web.people.roles import RolesPage, RoleWords
from apps.web.publish.forms.base import FormPage

ROLES = RoleWords(
    told={
        "owner": "Owns it",
        "administrator": "Changes it",
        "reviewer": "Reviews what is sent in",
        "submitter": "Publishes with it",
        "viewer": "Sees it",
    },
    wide={ALL_AUTHENTICATED: frozenset(role for role in publish.GIVEN if publish.is_suited(ALL_AUTHENTICATED, role))},
    refusal="Only publishing and seeing can be for all who are signed in.",
)


class People(FormPage, RolesPage):
    roles = ROLES
    template = "web/publish/forms/people.html"

    def resource(self) -> Resource:
        return self.form.resource

    def give(self, roles: Roles) -> None:
        publish.change_form(form=self.form, actor=self.user, told=FormChanges(roles=roles))
