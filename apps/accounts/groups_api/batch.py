"""Steps for several memberships in one request: each succeeds or fails alone, and the answer is always a 200."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import services
from apps.accounts.errors import NoSuchPerson
from apps.accounts.groups_api import shapes
from apps.accounts.groups_api.documents import BatchDocument
from apps.accounts.groups_api.views import GroupDetails
from apps.accounts.models import Group, Identity
from apps.common.errors import PortalError

STEPS = {
    "accept": services.accept_invitation,
    "add": services.add_member,
    "approve": services.approve,
    "change_role": services.change_role,
    "decline": services.decline_invitation,
    "invite": services.invite,
    "join": services.join,
    "leave": services.leave,
    "reject": services.reject,
    "remove": services.remove_member,
    "request_join": services.ask_to_join,
}
WITH_ROLE = {"add", "change_role", "invite"}


class OneGroup(GroupDetails):
    def post(self, request: Request, group_id: str) -> Response:
        group, asked = self.group(group_id), self.read(BatchDocument)
        people = services.identities_by_id(item["identity_id"] for items in asked.values() for item in items)
        done: dict[str, list[dict[str, Any]]] = {}
        failed: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for step, items in asked.items():
            done[step] = []
            for item in items:
                try:
                    done[step].append(self._take(step, group, people, item))
                except PortalError as error:
                    failed[step].append({"identity_id": str(item["identity_id"]), **shapes.told(error)})
        return Response({**done, "errors": failed} if failed else done)

    def _take(self, step: str, group: Group, people: dict[UUID, Identity], item: dict[str, Any]) -> dict[str, Any]:
        identity = people.get(item["identity_id"])
        if identity is None:
            raise NoSuchPerson("There is nobody with this id. Ask the person for the one on their account page.")
        role = {"role": item["role"]} if step in WITH_ROLE and "role" in item else {}
        return shapes.membership(STEPS[step](group=group, identity=identity, actor=self.actor, **role))  # type: ignore[operator]  # each takes them
