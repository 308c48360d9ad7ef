"""What those who administer a collection fill in about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.common.fields import PLAIN
from apps.common.parsing import words_in
from apps.storage.models import Collection
from apps.storage.services import Credential
from apps.web.visibility import VisibilityForm


class CollectionForm(VisibilityForm):
    """``told`` is what changes, as ``storage.change_collection`` takes it."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs=PLAIN))
    description = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    keywords = forms.CharField(
        max_length=1000, required=False, help_text="With commas between them. The collection is found by them, too."
    )
    is_read_only = forms.BooleanField(
        label="Read only: nobody writes here, whatever the rules say, nor do tasks", required=False
    )

    @classmethod
    def of(cls, one: Collection, *, reader: User) -> CollectionForm:
        initial = {name: getattr(one, name) for name in ("name", "description", "keywords", "is_read_only")}
        return cls(initial=initial | cls.seen(one.visible_to, reader), reader=reader)

    def clean_keywords(self) -> str:
        return ", ".join(dict.fromkeys(words_in(self.cleaned_data["keywords"])))

    @property
    def told(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("name", "description", "keywords", "is_read_only")}
        return given | {"visible_to": self.principals}


class _Unshown(forms.Textarea):
    """Lines that are sent and never come back, as those of a password's field."""

    def format_value(self, value: object) -> str | None:
        return None


class CredentialsForm(forms.Form):
    """``told`` are those that were given; the others are none from now on."""

    def __init__(self, *args: Any, credentials: Iterable[Credential], **kwargs: Any) -> None:  # Any: as forms.Form
        super().__init__(*args, **kwargs)
        quiet = PLAIN | {"autocomplete": "new-password"}
        for one in credentials:
            widget = _Unshown(attrs=quiet | {"rows": 4}) if one.has_lines else forms.PasswordInput(attrs=quiet)
            self.fields[one.name] = forms.CharField(
                label=one.label, required=False, strip=False, max_length=20_000, widget=widget
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.values()) and not self.errors:
            raise forms.ValidationError("Give at least one. Those that are there stay as they are else.")
        return given

    @property
    def told(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if text}
