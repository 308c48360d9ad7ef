"""What people fill in to run an index."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.access.types import LADDER
from apps.accounts.forms.usernames import UsernameField
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.search.forms.index import MAX_DESCRIPTION_CHARACTERS, MAX_NAME_CHARACTERS
from apps.search.models import Index
from apps.web.people.names import principal_of
from apps.web.visibility import VisibilityForm, groups_of

ROLES = {
    "owner": "Owner: also deletes the index",
    "admin": "Admin: presentation, roles, settings",
    "writer": "Writer: ingests and deletes",
}


class GrantForm(forms.Form):
    """A role for a person or a group that one is in."""

    username = UsernameField(required=False)
    group = forms.ChoiceField(required=False, help_text="Or a group that you are in: all its members get the role.")
    role = forms.ChoiceField(initial="writer")

    def __init__(self, *args: Any, reader: User, may_make_owners: bool, **kwargs: Any) -> None:  # Any: as forms.Form
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "None"), *groups_of(reader)]  # type: ignore[attr-defined]  # a ChoiceField
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


class SettingsForm(VisibilityForm):
    display_name = forms.CharField(label="Name", max_length=MAX_NAME_CHARACTERS)
    description = forms.CharField(
        max_length=MAX_DESCRIPTION_CHARACTERS, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_strict = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as forms.Form takes them
        super().__init__(*args, **kwargs)
        for name in ("display_name", "description"):
            self.fields[name].widget.attrs["class"] = "input"

    @classmethod
    def of(cls, index: Index, *, reader: User) -> SettingsForm:
        initial = {
            "display_name": index.display_name,
            "description": index.description,
            "is_strict": index.is_strict,
        }
        return cls(initial=initial | cls.seen(index.visible_to, reader), reader=reader)
