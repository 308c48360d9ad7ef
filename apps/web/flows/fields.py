"""Fields that several forms of flows and runs have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator


class WordsField(forms.Field):
    """Words with commas between them, each once, as a list. ``longest`` is how many signs they have together."""

    def __init__(self, *, longest: int, **how: Any) -> None:  # what Django's fields take
        super().__init__(required=False, help_text="Words with commas between them.", **how)
        self._rules = (MaxLengthValidator(longest), ProhibitNullCharactersValidator())

    def to_python(self, value: Any) -> list[str]:
        text = str(value or "")
        for require_right in self._rules:
            require_right(text)
        words = [word.strip() for word in text.split(",")]
        return list(dict.fromkeys(word for word in words if word))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value
