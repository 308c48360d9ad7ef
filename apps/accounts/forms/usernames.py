"""How somebody is named on a page."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.common.fields import PLAIN


class UsernameField(forms.CharField):
    def __init__(self, **told: Any) -> None:  # Any: as forms.CharField
        super().__init__(
            **{
                "max_length": 255,
                "help_text": "As it stands on the person's account page, such as name@provider.",
                "widget": forms.TextInput(attrs=PLAIN),
                **told,
            }
        )
