"""Label and tags of a run, as people write them."""

from __future__ import annotations

from django import forms

from apps.flows.models import Run
from apps.flows.services import RunChanges


class ChangeForm(forms.Form):
    label = forms.CharField(max_length=Run.LONGEST_LABEL, required=False)
    tags = forms.CharField(max_length=1000, required=False, help_text="Words with commas between them.")

    @classmethod
    def of(cls, run: Run) -> ChangeForm:
        return cls(initial={"label": run.label, "tags": ", ".join(run.tags)})

    def clean_tags(self) -> list[str]:
        words = [word.strip() for word in self.cleaned_data["tags"].split(",")]
        return list(dict.fromkeys(word for word in words if word))

    @property
    def changes(self) -> RunChanges:
        return RunChanges(label=self.cleaned_data["label"], tags=self.cleaned_data["tags"])
