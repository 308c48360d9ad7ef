"""How answers are written: the documents of Globus Groups. Every key is always there, null when there is nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.accounts.models import Group, Membership
from apps.common.errors import ConsentRequired, PortalError


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:  # noqa: ARG001  # an ErrorShape
    return told(problem)


def told(problem: PortalError) -> dict[str, Any]:
    """What went wrong, in a whole request or with one membership of several."""
    if isinstance(problem, ConsentRequired):
        return {"code": problem.code, "detail": str(problem), "authorization_parameters": problem.requirements}
    return {"code": problem.code.rpartition(".")[2].upper(), "detail": str(problem)}


def group(
    one: Group,
    mine: Iterable[Membership],
    *,
    memberships: Iterable[Membership] | None = None,
    child_ids: list[str] | None = None,
    allowed_actions: list[str] | None = None,
) -> dict[str, Any]:
    """A group as the caller sees it. What was not asked for is null. Nothing here belongs to a subscription."""
    return {
        "id": str(one.pk),
        "name": one.name,
        "description": one.description or None,
        "parent_id": one.parent_id and str(one.parent_id),
        "group_type": "regular",
        "enforce_session": one.is_high_assurance,
        "session_limit": one.authentication_assurance_timeout,
        "session_timeouts": {},
        "my_memberships": [membership(place) for place in mine],
        "memberships": None if memberships is None else [membership(place) for place in memberships],
        "policies": policies(one),
        "allowed_actions": allowed_actions,
        "child_ids": child_ids,
        "subscription_id": None,
        "subscription_info": None,
        "subscription_admin_verified_id": None,
        "terms_and_conditions": one.terms_and_conditions or None,
    }


def membership(place: Membership) -> dict[str, Any]:
    return {
        "group_id": str(place.group_id),
        "identity_id": str(place.identity_id),
        "username": place.identity.username,
        "role": place.role,
        "status": place.status,
        "status_reason": place.status_reason or None,
        "membership_fields": None,
    }


def policies(one: Group) -> dict[str, Any]:
    """``joining`` is ours: an open group, and one that takes requests, both let people ask."""
    return {
        "is_high_assurance": one.is_high_assurance,
        "authentication_assurance_timeout": one.authentication_assurance_timeout,
        "group_visibility": one.visibility,
        "group_members_visibility": one.members_visibility,
        "join_requests": one.joining != Group.Joining.INVITATION,
        "joining": one.joining,
        "signup_fields": one.signup_fields,
    }
