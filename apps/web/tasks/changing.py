"""Label and deadline of a task, as its owner writes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from apps.transfer.models import Task

_MOMENT = "%Y-%m-%dT%H:%M"


class ChangeForm(forms.Form):
    label = forms.CharField(label="Label", max_length=255, required=False)
    deadline = forms.DateTimeField(
        label="Deadline",
        input_formats=[_MOMENT, f"{_MOMENT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        error_messages={"invalid": "Write it as 2027-01-31T12:00.", "required": "A task has a deadline."},
    )

    def __init__(self, *args: Any, **how: Any) -> None:  # what Django's forms take
        super().__init__(*args, **how)
        for name, field in self.fields.items():
            wrong = {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"} if name in self.errors else {}
            field.widget.attrs |= {"class": "input", "autocomplete": "off", **wrong}

    @classmethod
    def of(cls, task: Task) -> ChangeForm:
        return cls(initial={"label": task.label, "deadline": timezone.localtime(task.deadline)})
