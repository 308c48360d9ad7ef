"""A new invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

DAYS = [(7, "7 days"), (14, "14 days"), (30, "30 days")]


class InvitationForm(forms.Form):
    email = forms.EmailField(label="E-mail", max_length=254, help_text="Of whom you invite.")
    days = forms.TypedChoiceField(label="Ends after", choices=DAYS, coerce=int, initial=14)
    is_sent = forms.BooleanField(label="Send it by e-mail", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_sent"].initial = bool(settings.EMAIL_HOST)
