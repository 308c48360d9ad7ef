"""What is sent: its shape and types.

A document may be sent back as it was told: keys that cannot be changed are passed over, and all others refused.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.accounts.models import Group, Membership
from apps.accounts.models.groups import EIGHT_HOURS_S
from apps.accounts.types import Policies

MOST_STEPS = 500
"""In one request: each is a transaction of its own."""
STEPS = (
    "accept", "add", "approve", "change_role", "decline", "invite", "join", "leave", "reject", "remove", "request_join",
)  # fmt: skip
_SIGNUP_FIELDS = (
    "institution", "current_project_name", "address", "city", "state", "country", "address1", "address2", "zip",
    "phone", "department", "field_of_science",
)  # fmt: skip
_TOLD = {
    "id", "group_type", "enforce_session", "session_limit", "session_timeouts", "my_memberships", "memberships",
    "allowed_actions", "child_ids", "subscription_id", "subscription_info",
}  # fmt: skip


class Document(serializers.Serializer[Any]):
    passed_over: set[str] = set()

    def to_internal_value(self, data: Any) -> Any:
        known = {*self.fields, *self.passed_over}
        unknown = [key for key in data if key not in known] if isinstance(data, dict) else []
        if unknown:
            names = ", ".join(self.fields)
            raise serializers.ValidationError({unknown[0][:50]: f"There is no such key. There are {names}."})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """REST framework would take a number for a text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


def _text(field: str, **options: Any) -> Text:
    """As long as the model's; null is empty."""
    longest = Group._meta.get_field(field).max_length  # type: ignore[union-attr]  # a field of texts
    return Text(max_length=longest, required=False, allow_null=True, allow_blank=True, **options)


class PoliciesDocument(Document):
    """All keys may be missing: what is not named stays as it is."""

    is_high_assurance = serializers.BooleanField(required=False)
    authentication_assurance_timeout = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**31 - 1
    )
    group_visibility = serializers.ChoiceField(Group.Visibility.choices, required=False)
    group_members_visibility = serializers.ChoiceField(Group.MembersVisibility.choices, required=False)
    join_requests = serializers.BooleanField(required=False)
    joining = serializers.ChoiceField(Group.Joining.choices, required=False)
    signup_fields = serializers.ListField(child=serializers.ChoiceField(_SIGNUP_FIELDS), required=False, max_length=50)


class NewGroup(Document):
    passed_over = _TOLD | {"subscription_admin_verified_id"}

    name = Text(max_length=Group._meta.get_field("name").max_length)
    description = _text("description")
    terms_and_conditions = _text("terms_and_conditions", trim_whitespace=False)
    parent_id = serializers.UUIDField(required=False, allow_null=True)
    policies = PoliciesDocument(required=False, allow_null=True)


class ChangedGroup(Document):
    """``subscription_admin_verified_id`` comes back from the command, as it was told: null."""

    passed_over = _TOLD | {"policies"}

    name = Text(max_length=Group._meta.get_field("name").max_length, required=False)
    description = _text("description")
    terms_and_conditions = _text("terms_and_conditions", trim_whitespace=False)
    parent_id = serializers.UUIDField(required=False, allow_null=True)
    subscription_admin_verified_id = serializers.UUIDField(required=False, allow_null=True)


class VerifiedDocument(Document):
    subscription_admin_verified_id = serializers.UUIDField(allow_null=True)


class StepDocument(Document):
    """One identity in a batch. Who is not known here cannot be made known (``provision_identity``)."""

    passed_over = {"provision_identity"}

    identity_id = serializers.UUIDField()
    role = serializers.ChoiceField(Membership.Role.choices, required=False)


class BatchDocument(Document):
    """The steps, each with the identities that it is for."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            step: serializers.ListField(child=StepDocument(), required=False, max_length=MOST_STEPS) for step in STEPS
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(map(len, attrs.values())) > MOST_STEPS:
            raise serializers.ValidationError(
                f"At most {MOST_STEPS} memberships can be changed at once. Send several requests."
            )
        if any("role" not in item for item in attrs.get("change_role", ())):
            raise serializers.ValidationError({"change_role": "Name the role that each shall have."})
        return attrs


def policies(asked: dict[str, Any], now: Policies) -> Policies:
    """The policies that are asked for, on top of those that there are."""
    timeout = asked.get("authentication_assurance_timeout", now.authentication_assurance_timeout)
    return Policies(
        joining=_joining(asked, now.joining),
        visibility=asked.get("group_visibility", now.visibility),
        members_visibility=asked.get("group_members_visibility", now.members_visibility),
        is_high_assurance=asked.get("is_high_assurance", now.is_high_assurance),
        authentication_assurance_timeout=EIGHT_HOURS_S if timeout is None else timeout,
        signup_fields=tuple(asked.get("signup_fields", now.signup_fields)),
    )


def _joining(asked: dict[str, Any], now: str) -> str:
    """Of the two keys the one that says something new: clients send back the other as it was told to them."""
    if asked.get("joining", now) != now:
        return str(asked["joining"])
    takes_requests = now != Group.Joining.INVITATION
    if asked.get("join_requests", takes_requests) == takes_requests:
        return now
    return Group.Joining.INVITATION if takes_requests else Group.Joining.REQUEST
