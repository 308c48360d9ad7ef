"""What people fill in about files."""

from __future__ import annotations

from django import forms

from apps.storage.errors import IllegalPath
from apps.storage.types import LONGEST_NAME, FilePath

PLAIN = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}


class NameForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, widget=forms.TextInput(attrs=PLAIN))

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if "/" in name:
            raise forms.ValidationError("A name has no / in it.")
        try:
            return FilePath((name,)).name
        except IllegalPath as error:
            raise forms.ValidationError(error.message) from error
