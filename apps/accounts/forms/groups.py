"""A new group, and a new member."""

from __future__ import annotations

from django import forms

from apps.accounts import services
from apps.accounts.errors import NoSuchPerson
from apps.accounts.models import Group, Identity, Membership


class GroupForm(forms.Form):
    name = forms.CharField(max_length=Group._meta.get_field("name").max_length)
    description = forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="What it is for."
    )


class MemberForm(forms.Form):
    identity = forms.CharField(
        label="Username",
        max_length=255,
        help_text="As it stands on the person's account page.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(choices=Membership.Role.choices, initial=Membership.Role.MEMBER)

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
