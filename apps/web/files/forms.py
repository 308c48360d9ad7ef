"""What people fill in about files."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django import forms
from django.utils import timezone

from apps.access.errors import InvalidPrincipal
from apps.access.types import parse_principal
from apps.common.fields import PLAIN
from apps.storage.errors import IllegalPath
from apps.storage.models import AccessRule
from apps.storage.types import LONGEST_NAME, FilePath
from apps.transfer.types import Options, SyncLevel

SYNC = [
    ("", "Send every file, and replace those that are there"),
    (str(int(SyncLevel.CHECKSUM)), "Leave out those whose checksum is equal"),
    (str(int(SyncLevel.MODIFIED)), "Leave out those that are as new or newer"),
    (str(int(SyncLevel.SIZE)), "Leave out those of equal size"),
    (str(int(SyncLevel.EXISTS)), "Leave out those that are there already"),
]
"""What becomes of files that are at the destination, by the level of synchronization."""


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


class TransferForm(forms.Form):
    """How files get to the other pane. What is not ticked is not done."""

    label = forms.CharField(max_length=128, required=False)
    sync = forms.ChoiceField(required=False, choices=SYNC)
    verify = forms.BooleanField(required=False)
    times = forms.BooleanField(required=False)

    @property
    def options(self) -> Options:
        asked = self.cleaned_data
        return Options(
            sync_level=int(asked["sync"]) if asked["sync"] else None,
            verify_checksum=asked["verify"],
            preserve_timestamp=asked["times"],
        )


class RuleForm(forms.Form):
    """What somebody may do, and until when. The last day counts, as days are reckoned in UTC."""

    permissions = forms.ChoiceField(choices=AccessRule.Permissions.choices, initial="r")
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    @classmethod
    def of(cls, rule: AccessRule) -> RuleForm:
        """As the rule stands."""
        until = (rule.expires_at - timedelta(microseconds=1)).date() if rule.expires_at else None
        return cls(initial={"permissions": rule.permissions, "until": until}, auto_id=f"{rule.pk}-%s")

    def clean_until(self) -> datetime | None:
        """The instant at which it ends."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.now().date():
            raise forms.ValidationError("This day is past. Choose a later one, or none.")
        try:
            return datetime.combine(day + timedelta(days=1), time(), UTC)
        except OverflowError as error:
            raise forms.ValidationError("Choose a day before the year 9999, or none.") from error


class ShareForm(RuleForm):
    """Who is let in, and what they are told of it."""

    principal = forms.CharField(max_length=100, error_messages={"required": "Choose whom to let in."})
    is_told = forms.BooleanField(required=False)
    message = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_principal(self) -> str:
        try:
            return str(parse_principal(self.cleaned_data["principal"]))
        except InvalidPrincipal as error:
            raise forms.ValidationError("Choose one of those that are listed.") from error


class GuestForm(forms.Form):
    """A collection of one's own, made of a folder."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs=PLAIN))
    description = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
