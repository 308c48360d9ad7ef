"""Who may see that something is there, as one chooses it in a form (``templates/web/_seen_by.html``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.access.types import ALL_AUTHENTICATED, PUBLIC, group_urn
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.common.fields import PLAIN
from apps.web.people.names import principal_of

SOME = "some"
MOST_NAMED = 100


class VisibilityForm(forms.Form):
    """``principals`` are those who may see it, beside those who have a role on it."""

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
        max_length=MOST_NAMED * 256, required=False, widget=forms.Textarea(attrs={"rows": 3, **PLAIN, "class": "input"})
    )

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:  # Any: as forms.Form takes them
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = groups_of(reader)  # type: ignore[attr-defined]  # a field of choices

    @staticmethod
    def seen(principals: Iterable[str], reader: User) -> dict[str, object]:
        """What the fields begin with."""
        told, own = list(principals), {urn for urn, _ in groups_of(reader)}
        rest = [one for one in told if one not in {PUBLIC, ALL_AUTHENTICATED}]
        return {
            "seen_by": next((one for one in (PUBLIC, ALL_AUTHENTICATED) if one in told), SOME),
            "groups": [one for one in rest if one in own],
            "named": "\n".join(one for one in rest if one not in own),
        }

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


def groups_of(reader: User) -> list[tuple[str, str]]:
    """As choices: those that the reader is in."""
    return [(group_urn(group.pk), group.name) for group in accounts.groups_of(reader)]
