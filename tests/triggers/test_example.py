"""What the documents say of triggers is so."""

import json
import re
from pathlib import Path

from apps.triggers import forms
from apps.triggers.models import Trigger

TOLD = (Path(__file__).parents[2] / "deploy" / "README.md").read_text().split("## Triggers")[1].split("\n## ")[0]
ID = "5e0b7a7e-6f0c-4b0e-9d53-3f1f6f1a8f0d"


def test_the_example_is_a_trigger():
    [example] = re.findall(r"```json\n(.*?)```", TOLD, re.DOTALL)
    told = forms.trigger_of(json.loads(re.sub("<flow>|<collection>", ID, example)))

    assert (told.watched.batch.count, told.watched.batch.group_by, told.most_at_once) == (512, ("chip",), 2)


def test_each_kind_is_told():
    _head, *kinds = re.findall(r"^\| `(\w+)`", TOLD, re.MULTILINE)

    assert sorted(kinds) == sorted(Trigger.Kind.values)
