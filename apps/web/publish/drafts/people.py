"""Who writes a draft with its author, and who is shown it."""

from __future__ import annotations

from apps.access.services import Roles
from apps.access.types import Resource
from apps.publish import services as publish
from apps.web.people.roles import RolesPage, RoleWords
from apps.web.publish.drafts.base import DraftPage

ROLES = RoleWords(
    told={"editor": "Writes it, too", "viewer": "Sees it"},
    wide={},
    refusal="A draft is shared with people and groups.",
)


class DraftPeople(DraftPage, RolesPage):
    role = "author"
    roles = ROLES
    needs_draft = False
    template = "web/publish/drafts/people.html"

    def resource(self) -> Resource:
        return self.draft.resource

    def give(self, roles: Roles) -> None:
        publish.share_submission(submission=self.draft, actor=self.user, roles=roles)
