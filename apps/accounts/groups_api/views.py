"""Groups and their policies."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import services
from apps.accounts.groups_api import documents, shapes
from apps.accounts.groups_api.base import GroupsView
from apps.accounts.models import Group, Membership
from apps.accounts.types import Policies
from apps.common.errors import Invalid, NotFound

INCLUDED = ("memberships", "my_memberships", "policies", "allowed_actions", "child_ids")
STATUSES = tuple(Membership.Status.values)
NO_SUBSCRIPTIONS = "This portal has no subscriptions, and needs none: leave the id out, or send null."


class GroupView(GroupsView):
    def told(self, group: Group, included: tuple[str, ...] | list[str] = ()) -> dict[str, Any]:
        """The group as its answer."""
        more: dict[str, Any] = {}
        if "memberships" in included:
            more["memberships"] = services.members_of(group, actor=self.actor)
        if "allowed_actions" in included:
            more["allowed_actions"] = services.allowed_actions(self.actor, group)
        if "child_ids" in included:
            more["child_ids"] = [str(below.pk) for below in services.subgroups_of(group, actor=self.actor)]
        return shapes.group(group, services.places_of(self.actor, [group]).get(group.pk, ()), **more)


class MyGroups(GroupsView):
    """The caller's groups (G1). Without ``statuses`` those that count for them, the groups above their own too."""

    def get(self, request: Request) -> Response:
        statuses = self.chosen("statuses", of=STATUSES) or [Membership.Status.ACTIVE]
        groups = services.my_groups(self.actor, statuses)
        places = services.places_of(self.actor, groups)
        return Response([shapes.group(one, places.get(one.pk, ())) for one in groups])


class Groups(GroupView):
    def post(self, request: Request) -> Response:
        asked = self.read(documents.NewGroup)
        parent_id = asked.get("parent_id")
        group = services.make_group(
            owner=self.actor,
            name=asked["name"],
            description=asked.get("description") or "",
            terms_and_conditions=asked.get("terms_and_conditions") or "",
            parent=self.group(str(parent_id)) if parent_id else None,
            policies=documents.policies(asked.get("policies") or {}, Policies()),
        )
        return Response(self.told(group), HTTPStatus.CREATED)


class GroupDetails(GroupView):
    """One group, without what is done to its members (``batch``)."""

    def get(self, request: Request, group_id: str) -> Response:
        included = self.chosen("include", of=INCLUDED)
        return Response(self.told(self.group(group_id), included))

    def put(self, request: Request, group_id: str) -> Response:
        group, asked = self.group(group_id), self.read(documents.ChangedGroup)
        if asked.get("parent_id", group.parent_id) != group.parent_id:
            raise Invalid("A group stays where it was made. Make a new one below the other.", place="parent_id")
        if asked.get("subscription_admin_verified_id"):
            raise Invalid(NO_SUBSCRIPTIONS, place="subscription_admin_verified_id")
        names = ("name", "description", "terms_and_conditions")
        texts: dict[str, Any] = {name: asked[name] or "" for name in names if name in asked}
        return Response(self.told(services.change_group(group=group, actor=self.actor, **texts)))

    def delete(self, request: Request, group_id: str) -> Response:
        group = self.group(group_id)
        told = self.told(group)
        services.delete_group(group=group, actor=self.actor)
        return Response(told)


class GroupPolicies(GroupsView):
    def get(self, request: Request, group_id: str) -> Response:
        return Response(shapes.policies(self.group(group_id)))

    def put(self, request: Request, group_id: str) -> Response:
        group, asked = self.group(group_id), self.read(documents.PoliciesDocument)
        wanted = documents.policies(asked, services.policies_of(group))
        return Response(shapes.policies(services.set_policies(group=group, actor=self.actor, policies=wanted)))


class Verified(GroupsView):
    """To which subscription a group belongs: here to none."""

    def put(self, request: Request, group_id: str) -> Response:
        group, asked = self.group(group_id), self.read(documents.VerifiedDocument)
        if asked["subscription_admin_verified_id"]:
            raise Invalid(NO_SUBSCRIPTIONS, place="subscription_admin_verified_id")
        return Response({"group_id": str(group.pk), "subscription_admin_verified_id": None})


class Subscription(GroupsView):
    def get(self, request: Request, subscription_id: str) -> Response:
        raise NotFound(NO_SUBSCRIPTIONS)
