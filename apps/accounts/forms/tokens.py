"""A new token."""

from __future__ import annotations

from django import forms

DAYS = [(30, "30 days"), (90, "90 days"), (365, "1 year")]


class TokenForm(forms.Form):
    name = forms.CharField(max_length=100, help_text="Where it will be used.")
    days = forms.TypedChoiceField(label="Ends after", choices=DAYS, coerce=int, initial=90)
