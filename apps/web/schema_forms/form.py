"""A form as a page uses it: begun, sent and shown again, and read at last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.common.json_schema import judge_of
from apps.web.people.names import principal_of
from apps.web.schema_forms import pickers, vocabularies
from apps.web.schema_forms.building import built
from apps.web.schema_forms.faults import faults_in
from apps.web.schema_forms.fields import ABSENT, Field, Kind, Typed, inside
from apps.web.schema_forms.judging import judgeable
from apps.web.schema_forms.pickers import Found, Picked
from apps.web.schema_forms.proposing import NONE, Proposal, Proposals, filled, open_in
from apps.web.schema_forms.reading import Reading, json_in, read
from apps.web.schema_forms.settling import begun, settled
from apps.web.schema_forms.showing import NO_STEP, Showing
from apps.web.schema_forms.shown import Shown, Wrong, named, told_of, walk, wrong
from apps.web.schema_forms.spelling import ON, as_json, completed
from apps.web.schema_forms.steps import Step, everything, taken
from apps.web.schema_forms.vocabularies import Vocabularies
from apps.web.who import Who

NAME = "input"
RAW, TEXT = f"{NAME}?raw", f"{NAME}?json"
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class FormView:
    """``root`` is nothing where the value is written as JSON (``text``). ``may_turn``: it can be written either way.
    ``is_live``: fields come and go with what is filled in. ``kept`` is what was written into those that went, should
    they come back. ``proposed``: so many values wait to be accepted. ``told`` is what a button did, in words."""

    root: Shown | None
    text: str = ""
    wrong: tuple[Wrong, ...] = ()
    may_turn: bool = True
    is_live: bool = False
    kept: tuple[tuple[str, str], ...] = ()
    proposed: int = 0
    told: str = ""

    @property
    def fields(self) -> tuple[Shown, ...]:
        """A group is shown by its members."""
        if self.root is None:
            return ()
        return self.root.parts if self.root.field.kind is Kind.GROUP else (self.root,)


class SchemaForm:
    """The form of a schema, for one reader: what it looks up is what they may see.

    ``draft`` is that of schemas that name none. ``vocabularies`` are those that the schema names, ``audiences`` who
    sees what is restricted, by the names that the schema gives (``restricted`` for ``true``, the empty name for all
    the rest), ``proposals`` what files propose. What is read-only stands in the page and comes back with it: who keeps
    such values compares them.
    """

    def __init__(
        self,
        schema: Mapping[str, Any],
        user: User,
        *,
        draft: type[Validator] = Draft202012Validator,
        vocabularies: Vocabularies = NOTHING,
        audiences: Mapping[str, Who] = NOTHING,
        proposals: Proposals = NONE,
    ) -> None:
        self.schema, self.user, self.draft = judgeable(schema), user, draft
        self.vocabularies, self.audiences, self.proposals = vocabularies, audiences, proposals
        self.must_be_raw = built(schema, default=draft).field.kind is Kind.RAW

    def typed(self, value: Any = ABSENT) -> dict[str, str]:
        """What the form begins with: a value, or what the schema proposes; and what files do."""
        told = filled(value, self.proposals) if self.proposals else value
        typed = begun(self.schema, told, self.draft, is_new=value is ABSENT)
        if self.must_be_raw:
            return {RAW: "1", TEXT: typed.get(NAME) or "{}"}
        return {**typed, RAW: "1"} if TEXT in typed else typed

    def sent(self, given: Mapping[str, str]) -> dict[str, str]:
        """What of a request is the form's."""
        typed = {
            name: text for name, text in given.items() if name == NAME or name.startswith((f"{NAME}/", f"{NAME}?"))
        }
        return {**typed, RAW: "1"} if self.must_be_raw else typed

    def read(self, typed: Typed) -> Reading:
        """The value as far as it goes, with all that is wrong with it. What is typed is what to keep of a form that is
        not done yet: all of it can be shown again."""
        found = self._read(typed)
        if found.value is not ABSENT:
            told = faults_in(judge_of(self.schema, self.draft), found.value, found.chosen)
            for pointer, sentence in told.items():
                if pointer not in found.read_only:
                    found.faults.setdefault(pointer, sentence)
        return found

    def proposed(self, found: Reading) -> dict[str, Proposal]:
        """The proposals that were neither accepted nor changed."""
        return open_in(found, self.proposals)

    def shown(self, typed: Typed, faults: Mapping[str, str] = NOTHING) -> FormView:
        return self._shown(typed, faults, NO_STEP, None)

    def after(self, typed: Typed, button: str) -> FormView:
        """What the form is after a button of its own was pressed."""
        step = Step.read(button)
        match step.verb:
            case "add" | "remove" | "up" | "down":
                return self._shown(taken(self._field(typed), typed, step), NOTHING, step, None)
            case "accept":
                return self._shown(self._accepted(typed, step.name), NOTHING, step, None)
            case "raw":
                return self.shown({RAW: "1", TEXT: as_json(_or_empty(self._read(typed).value))})
            case "form":
                return self._as_form(typed)
            case "open" | "take" if step.more:
                is_place = inside(step.name, "id") in typed
                typed = {**typed, inside(step.name, "path") if is_place else step.name: step.more}
        return self._shown(typed, NOTHING, step, self._picked(typed, step))

    # --- reading -------------------------------------------------------------------------------------------------

    def _field(self, typed: Typed) -> Field:
        return settled(self.schema, typed, self.draft).field

    def _read(self, typed: Typed) -> Reading:
        if RAW not in typed:
            return read(self._field(typed), typed, judge=self._judged)
        try:
            return Reading(json_in(typed.get(TEXT, "")))
        except Invalid as error:
            return Reading(faults={"": error.message})

    def _judged(self, asked: Field, value: Any) -> Any:
        """People and terms are what they are known by."""
        if asked.kind is Kind.PRINCIPAL:
            return principal_of(value.strip())
        if asked.kind is Kind.TERM and asked.vocabulary in self.vocabularies:
            return vocabularies.checked(self.vocabularies[asked.vocabulary], value)
        return value

    # --- showing -------------------------------------------------------------------------------------------------

    def _shown(self, typed: Typed, faults: Mapping[str, str], step: Step, picked: Picked | None) -> FormView:
        may_turn = not self.must_be_raw
        if RAW in typed:
            told = [Wrong(TEXT, pointer, message) for pointer, message in faults.items()]
            return FormView(None, typed.get(TEXT, ""), tuple(told), may_turn)
        form = settled(self.schema, typed, self.draft)
        typed = {**completed(form.field, typed), **typed}
        waiting = self._waiting(form.field, typed)
        root = Showing(
            typed=typed,
            faults=faults,
            step=step,
            picked=picked,
            names=pickers.names_in(self.user, typed),
            vocabularies=self.vocabularies,
            audiences=self.audiences,
            proposals=waiting,
        ).shown(form.field)
        root = root if root.label else replace(root, label="Value")
        kept = _unseen(root, typed) if form.is_live else ()
        return FormView(root, "", wrong(root, faults), may_turn, form.is_live, kept, len(waiting), told_of(root, step))

    def _waiting(self, asked: Field, typed: Typed) -> dict[str, Proposal]:
        return open_in(read(asked, typed), self.proposals) if self.proposals else {}

    def _as_form(self, typed: Typed) -> FormView:
        found = self._read(typed)
        return self.shown(typed, found.faults) if found.faults else self.shown(self.typed(found.value))

    def _accepted(self, typed: Typed, name: str) -> dict[str, str]:
        """With a tick at each proposal that is at the name or below it."""
        root = self.shown(typed).root
        ticked = [one.name for one in walk(root) if one.source] if root else []
        return {**typed, **{f"{one}?ok": ON for one in ticked if name in (NAME, one)}}

    def _picked(self, typed: Typed, step: Step) -> Picked | None:
        name = step.name
        match step.verb:
            case "find":
                return Picked(name, found=self._found(typed, name))
            case "open":
                place = typed.get(inside(name, "id"), ""), typed.get(inside(name, "path"), "")
                return Picked(name, listing=pickers.listing(self.user, *place))
        return None

    def _found(self, typed: Typed, name: str) -> list[Found]:
        text = typed.get(f"{name}?find", "").replace("\0", "").strip()[: vocabularies.LONGEST_QUESTION]
        asked = next((one for at, one in everything(self._field(typed), NAME, typed) if at == name), None)
        if asked is not None and asked.vocabulary in self.vocabularies:
            terms = self.vocabularies[asked.vocabulary].find(text, vocabularies.MOST_FOUND)
            return [Found(one.value, one.words, one.detail) for one in terms]
        return (pickers.collections if inside(name, "id") in typed else pickers.people)(self.user, text)


def _unseen(root: Shown, typed: Typed) -> tuple[tuple[str, str], ...]:
    """What was typed into fields that are not there now."""
    places = dict(named(root))
    return tuple((name, text) for name, text in typed.items() if text and not _is_seen(name, places))


def _is_seen(name: str, places: Mapping[str, bool]) -> bool:
    """Whether it is one of the inputs, steers one, or stands in one that holds all below it."""
    if name in places or name.rpartition("?")[0] in places:
        return True
    parts = name.replace("?", "/").split("/")
    length = 0
    for part in parts:
        length += len(part) + 1
        if places.get(name[: length - 1]):
            return True
    return False


def _or_empty(value: Any) -> Any:
    return {} if value is ABSENT else value
