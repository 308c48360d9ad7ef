"""A folder to be bookmarked, and the name of a bookmark."""

from __future__ import annotations

from django import forms

from apps.transfer.models import Bookmark


class NameForm(forms.Form):
    name = forms.CharField(
        label="Name of the bookmark",
        max_length=Bookmark.LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        error_messages={"required": "A bookmark has a name."},
    )

    def refuse(self, message: str) -> None:
        """Say at the field what is wrong with the name."""
        self.add_error("name", message)
        self.fields["name"].widget.attrs |= {"aria-invalid": "true", "aria-describedby": "id_name_error"}


class FolderForm(forms.Form):
    """As addresses of the file manager have it: ``path`` is a ``FilePath.key``."""

    collection = forms.UUIDField()
    path = forms.CharField(required=False, strip=False)
