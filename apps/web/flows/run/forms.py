"""Label and tags of a run, as people write them."""

from __future__ import annotations

from django import forms

from apps.flows.models import Run
from apps.flows.services import RunChanges
from apps.web.flows.fields import WordsField


class ChangeForm(forms.Form):
    label = forms.CharField(max_length=Run.LONGEST_LABEL, required=False)
    tags = WordsField(longest=1000)

    @classmethod
    def of(cls, run: Run) -> ChangeForm:
        return cls(initial={"label": run.label, "tags": run.tags})

    @property
    def changes(self) -> RunChanges:
        return RunChanges(label=self.cleaned_data["label"], tags=self.cleaned_data["tags"])
