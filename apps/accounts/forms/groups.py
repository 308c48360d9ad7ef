"""A new group, what is said about it and who comes in, and a new member."""

from __future__ import annotations

from dataclasses import replace

from django import forms

from apps.accounts import services
from apps.accounts.errors import NoSuchPerson
from apps.accounts.forms.usernames import UsernameField
from apps.accounts.models import Group, Identity, Membership
from apps.accounts.types import Policies


def _longest(field: str) -> int | None:
    return Group._meta.get_field(field).max_length  # type: ignore[union-attr]  # a field of texts


class GroupForm(forms.Form):
    name = forms.CharField(max_length=_longest("name"))
    description = forms.CharField(
        max_length=_longest("description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What it is for.",
    )


class GroupSettingsForm(GroupForm):
    """All that an admin of the group decides."""

    joining = forms.ChoiceField(label="Who may come in", choices=Group.Joining.choices)
    visibility = forms.ChoiceField(
        label="Who sees the group",
        choices=Group.Visibility.choices,
        help_text="Nobody finds a group to join or to ask that only its members see.",
    )
    members_visibility = forms.ChoiceField(label="Who sees its people", choices=Group.MembersVisibility.choices)
    terms_and_conditions = forms.CharField(
        max_length=_longest("terms_and_conditions"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Shown to who joins.",
    )

    @classmethod
    def of(cls, group: Group) -> GroupSettingsForm:
        return cls(initial={name: getattr(group, name) for name in cls.base_fields})

    def policies(self, now: Policies) -> Policies:
        """Those of the form, and the rest as it is."""
        return replace(
            now, **{name: self.cleaned_data[name] for name in ("joining", "visibility", "members_visibility")}
        )

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "description", "terms_and_conditions")}


class MemberForm(forms.Form):
    identity = UsernameField(label="Username")
    role = forms.ChoiceField(choices=Membership.Role.choices, initial=Membership.Role.MEMBER)
    is_asked = forms.BooleanField(label="Ask them first: invite, do not add", required=False)

    def __init__(self, *args: object, may_choose_role: bool, **kwargs: object) -> None:
        """Only an admin of the group chooses the role; whom others add becomes a member."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as forms.Form takes them
        if not may_choose_role:
            del self.fields["role"]

    def clean_identity(self) -> Identity:
        try:
            return services.find_identity(self.cleaned_data["identity"])
        except NoSuchPerson as error:
            raise forms.ValidationError(error.message) from error
