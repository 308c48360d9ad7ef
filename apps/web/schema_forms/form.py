"""A form as a page uses it: begun, sent and shown again, and read at last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.web.manage.people import principal_of
from apps.web.schema_forms import pickers
from apps.web.schema_forms.building import form_of
from apps.web.schema_forms.faults import faults_in
from apps.web.schema_forms.fields import ABSENT, Kind, Typed, below
from apps.web.schema_forms.pickers import Picked
from apps.web.schema_forms.reading import Reading, json_in, read
from apps.web.schema_forms.showing import NO_STEP, Showing, Shown, Wrong, wrong
from apps.web.schema_forms.spelling import spelled
from apps.web.schema_forms.steps import Step, taken

NAME = "input"
RAW, TEXT = f"{NAME}?raw", f"{NAME}?json"
NO_FAULTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class FormView:
    """``root`` is nothing where the value is written as JSON (``text``). ``may_turn``: it can be written either way."""

    root: Shown | None
    text: str = ""
    wrong: tuple[Wrong, ...] = ()
    may_turn: bool = True


class SchemaForm:
    """The form of a schema, for one reader: what it looks up is what they may see."""

    def __init__(self, schema: Mapping[str, Any], user: User) -> None:
        self.schema, self.user = schema, user
        self.field = form_of(schema)
        self.must_be_raw = self.field.kind is not Kind.GROUP

    def typed(self, value: Any = ABSENT) -> dict[str, str]:
        """What the form begins with: a value, or what the schema proposes."""
        if self.must_be_raw:
            told = self.field.default if value is ABSENT else value
            return {RAW: "1", TEXT: _json({} if told is ABSENT else told)}
        return spelled(self.field, value)

    def sent(self, given: Mapping[str, str]) -> dict[str, str]:
        """What of a request is the form's."""
        typed = {
            name: text for name, text in given.items() if name == NAME or name.startswith((f"{NAME}/", f"{NAME}?"))
        }
        return {**typed, RAW: "1"} if self.must_be_raw else typed

    def read(self, typed: Typed) -> Reading:
        """The value, with all that is wrong with it."""
        found = self._read(typed)
        if found.value is not ABSENT:
            for pointer, sentence in faults_in(self.schema, found.value, found.chosen).items():
                found.faults.setdefault(pointer, sentence)
        return found

    def _read(self, typed: Typed) -> Reading:
        if RAW not in typed:
            return read(self.field, typed, principal=principal_of)
        try:
            return Reading(json_in(typed.get(TEXT, "")))
        except Invalid as error:
            return Reading(faults={"": error.message})

    def shown(self, typed: Typed, faults: Mapping[str, str] = NO_FAULTS) -> FormView:
        return self._shown(typed, faults, NO_STEP, None)

    def after(self, typed: Typed, button: str) -> FormView:
        """What the form is after a button of its own was pressed."""
        step = Step.read(button)
        match step.verb:
            case "add" | "remove":
                return self._shown(taken(self.field, typed, step), NO_FAULTS, step, None)
            case "raw":
                return self.shown({RAW: "1", TEXT: _json(self._read(typed).value)})
            case "form":
                return self._as_form(typed)
            case "open" | "take" if step.more:
                is_place = below(step.name, "id") in typed
                typed = {**typed, below(step.name, "path") if is_place else step.name: step.more}
        return self._shown(typed, NO_FAULTS, step, self._picked(typed, step))

    def _as_form(self, typed: Typed) -> FormView:
        found = self._read(typed)
        return self.shown(typed, found.faults) if found.faults else self.shown(self.typed(found.value))

    def _picked(self, typed: Typed, step: Step) -> Picked | None:
        name = step.name
        match step.verb:
            case "find":
                is_place = below(name, "id") in typed
                text = typed.get(f"{name}?find", "").replace("\0", "").strip()
                found = (pickers.collections if is_place else pickers.people)(self.user, text)
                return Picked(name, found=found)
            case "open":
                place = typed.get(below(name, "id"), ""), typed.get(below(name, "path"), "")
                return Picked(name, listing=pickers.listing(self.user, *place))
        return None

    def _shown(self, typed: Typed, faults: Mapping[str, str], step: Step, picked: Picked | None) -> FormView:
        may_turn = not self.must_be_raw
        if RAW in typed:
            told = [Wrong(TEXT, pointer, message) for pointer, message in faults.items()]
            return FormView(None, typed.get(TEXT, ""), tuple(told), may_turn)
        root = Showing(typed, faults, step, picked, pickers.names_in(self.user, typed)).shown(self.field)
        return FormView(root, wrong=tuple(wrong(root, faults)), may_turn=may_turn)


def _json(value: Any) -> str:
    return json.dumps({} if value is ABSENT else value, indent=2, ensure_ascii=False)
