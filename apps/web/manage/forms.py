"""What people fill in to run an index."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.access.types import ALL_AUTHENTICATED, LADDER, PUBLIC, group_urn
from apps.accounts import services as accounts
from apps.accounts.forms.usernames import UsernameField
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.common.fields import PLAIN
from apps.search.forms.index import MAX_DESCRIPTION_CHARACTERS, MAX_NAME_CHARACTERS
from apps.search.models import Index
from apps.web.manage.people import principal_of

ROLES = {
    "owner": "Owner: also deletes the index",
    "admin": "Admin: presentation, roles, settings",
    "writer": "Writer: ingests and deletes",
}
SOME = "some"
MOST_NAMED = 100


class GrantForm(forms.Form):
    """A role for a person or a group that one is in."""

    username = UsernameField(required=False)
    group = forms.ChoiceField(required=False, help_text="Or a group that you are in: all its members get the role.")
    role = forms.ChoiceField(initial="writer")

    def __init__(self, *args: Any, reader: User, may_make_owners: bool, **kwargs: Any) -> None:  # Any: as forms.Form
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "None"), *_groups(reader)]  # type: ignore[attr-defined]  # a ChoiceField
        names = [name for name in LADDER if may_make_owners or name != "owner"]
        self.fields["role"].choices = [(name, ROLES[name]) for name in names]  # type: ignore[attr-defined]  # too

    def clean(self) -> dict[str, Any]:
        """``principal`` is who is meant."""
        given = super().clean() or {}
        username, group = given.get("username"), given.get("group")
        if bool(username) == bool(group):
            raise forms.ValidationError("Give either a username or a group.")
        try:
            given["principal"] = group or principal_of(str(username))
        except Invalid as error:
            self.add_error("username", error.message)
        return given


class SettingsForm(forms.Form):
    """``principals`` are who may see that the index is there, beside those with a role on it."""

    display_name = forms.CharField(label="Name", max_length=MAX_NAME_CHARACTERS)
    description = forms.CharField(
        max_length=MAX_DESCRIPTION_CHARACTERS, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen_by = forms.ChoiceField(
        choices=[
            (PUBLIC, "Everybody"),
            (ALL_AUTHENTICATED, "All who are signed in"),
            (SOME, "Those who have a role on it, and those named below"),
        ],
        widget=forms.RadioSelect,
    )
    groups = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    named = forms.CharField(
        max_length=MOST_NAMED * 256, required=False, widget=forms.Textarea(attrs={"rows": 3, **PLAIN})
    )
    is_strict = forms.BooleanField(required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:  # Any: as forms.Form takes them
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = _groups(reader)  # type: ignore[attr-defined]  # a field of choices
        for name in ("display_name", "description", "named"):
            self.fields[name].widget.attrs["class"] = "input"

    @classmethod
    def of(cls, index: Index, *, reader: User) -> SettingsForm:
        own = {urn for urn, _ in _groups(reader)}
        everybody = next((one for one in (PUBLIC, ALL_AUTHENTICATED) if one in index.visible_to), SOME)
        rest = [one for one in index.visible_to if one not in {PUBLIC, ALL_AUTHENTICATED}]
        initial = {
            "display_name": index.display_name,
            "description": index.description,
            "seen_by": everybody,
            "groups": [one for one in rest if one in own],
            "named": "\n".join(one for one in rest if one not in own),
            "is_strict": index.is_strict,
        }
        return cls(initial=initial, reader=reader)

    def clean_named(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self.cleaned_data["named"].splitlines() if line.strip()]
        if len(lines) > MOST_NAMED:
            raise forms.ValidationError(f"Name at most {MOST_NAMED}; make a group of them.")
        try:
            return tuple(principal_of(line) for line in lines)
        except Invalid as error:
            raise forms.ValidationError(error.message) from error

    @property
    def principals(self) -> tuple[str, ...]:
        seen_by = self.cleaned_data["seen_by"]
        if seen_by != SOME:
            return (seen_by,)
        return tuple(dict.fromkeys([*self.cleaned_data["groups"], *self.cleaned_data["named"]]))


def _groups(reader: User) -> list[tuple[str, str]]:
    return [(group_urn(group.pk), group.name) for group in accounts.groups_of(reader)]
