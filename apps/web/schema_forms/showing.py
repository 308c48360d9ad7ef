"""From fields and what is typed to what the template shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from apps.web.schema_forms.fields import Field, Kind, Section, Typed, below, inside, member, variant
from apps.web.schema_forms.pickers import Picked
from apps.web.schema_forms.proposing import Proposal
from apps.web.schema_forms.reading import chosen_in, count_in
from apps.web.schema_forms.shown import Option, Shown, ShownSection, walk
from apps.web.schema_forms.spelling import spelled
from apps.web.schema_forms.steps import Step
from apps.web.schema_forms.vocabularies import FEW, Vocabularies
from apps.web.who import Who

NO_STEP = Step()


@dataclass
class Showing:
    """``picked`` is what was looked up for the field that the last step was about, ``names`` what collections are
    called, by their ids. ``proposals`` are those that nobody has accepted or changed."""

    typed: Typed
    faults: Mapping[str, str] = field(default_factory=dict)
    step: Step = NO_STEP
    picked: Picked | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    vocabularies: Vocabularies = field(default_factory=dict)
    audiences: Mapping[str, Who] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)

    def shown(self, asked: Field, name: str = "input", pointer: str = "") -> Shown:
        proposal = self.proposals.get(pointer) if not asked.is_spread else None
        is_step_of = self.step.name == name
        one = Shown(
            field=asked,
            name=name,
            pointer=pointer,
            label=asked.label,
            text=self.typed.get(name, ""),
            bare=self.typed.get(f"{name}?is", ""),
            error="" if asked.is_spread else self.faults.get(pointer, ""),
            who=self.audiences.get(asked.restricted),
            source=proposal.source if proposal else "",
            is_accepted=bool(self.typed.get(f"{name}?ok")),
            is_focused=is_step_of and self.step.verb in {"find", "open", "take"},
        )
        return self._as_json(one) if f"{name}?json" in self.typed else self._of_kind(one, asked, pointer)

    def _of_kind(self, one: Shown, asked: Field, pointer: str) -> Shown:
        match asked.kind:
            case Kind.GROUP:
                return self._group(one, pointer)
            case Kind.LIST | Kind.MAP:
                return self._list(one, pointer)
            case Kind.VARIANTS:
                return self._variants(one, pointer)
            case Kind.COLLECTION:
                return self._collection(one, pointer)
            case Kind.PRINCIPAL:
                return self._looked_up(one)
            case Kind.TERM:
                return self._term(one)
            case Kind.FLAG:
                return replace(one, is_on=bool(one.text))
            case Kind.CHOICE | Kind.CHOICES:
                return replace(one, options=self._options(asked, one.name))
        return one

    def _as_json(self, one: Shown) -> Shown:
        """What no input of its own can hold, or may not be changed."""
        name = f"{one.name}?json"
        text = self.typed[name]
        if one.field.is_read_only:
            return replace(one, name=name, text=text, readable=_readable(one.field, text))
        return replace(one, name=name, text=text, field=replace(one.field, kind=Kind.RAW))

    # --- several -------------------------------------------------------------------------------------------------

    def _group(self, one: Shown, pointer: str) -> Shown:
        parts = tuple(self.shown(part, *member(part, one.name, pointer)) for part in one.field.members)
        seen = tuple(part for part in parts if part.parts or not part.field.is_quiet)
        sections = self._sections(one, seen)
        is_whole = not pointer and not sections
        return replace(
            one, parts=tuple(_beside(part, one.field.restricted, is_whole) for part in seen), sections=sections
        )

    def _sections(self, one: Shown, parts: tuple[Shown, ...]) -> tuple[ShownSection, ...]:
        """Those that the schema asks for; what is in none of them comes first."""
        told = one.field.sections
        if not told:
            return ()
        placed = {key for section in told for key in section.keys}
        rest = tuple(part for part in parts if part.field.is_spread or part.field.key not in placed)
        known = {part.field.key: part for part in parts if not part.field.is_spread}
        found = [Section("", "", ()), *told]
        groups = [rest, *(tuple(known[key] for key in section.keys if key in known) for section in told)]
        return tuple(self._section(one, *each) for each in zip(found, groups, strict=True) if each[1])

    def _section(self, one: Shown, told: Section, parts: tuple[Shown, ...]) -> ShownSection:
        """Restricted, if all of it is, to the same people; else what differs from the rest says so."""
        names = {part.field.restricted for part in parts}
        restricted = names.pop() if len(names) == 1 else one.field.restricted
        says_who = not one.pointer or restricted != one.field.restricted
        who = self.audiences.get(restricted) if says_who else None
        shown = tuple(_beside(part, restricted) for part in parts)
        is_open = told.is_folded and any(map(self._says_something, parts))
        return ShownSection(told.title, told.hint, shown, who, restricted, told.is_folded, is_open)

    def _says_something(self, part: Shown) -> bool:
        """Whether it is not as a form begins, or something is wrong with it."""
        begun = spelled(part.field, name=part.name)
        is_changed = any(self.typed.get(name, "") != text for name, text in begun.items())
        return is_changed or any(one.error for one in walk(part))

    def _list(self, one: Shown, pointer: str) -> Shown:
        number, fixed = count_in(self.typed, one.name), one.field.fixed
        parts = []
        for at in range(number):
            item, name = one.field.at(at), inside(one.name, at)
            key = self.typed.get(f"{name}?key", "")
            part = self.shown(item, name, below(pointer, key.strip() if one.field.kind is Kind.MAP else at))
            own = item.label if at < fixed else ""
            label = own or f"{item.label or one.label} {at + 1}"
            if one.field.kind is Kind.MAP:
                label = f"Value of {key}" if key else f"Value {at + 1}"
            parts.append(
                replace(
                    _beside(part, one.field.restricted),
                    at=at,
                    label=label,
                    key=key,
                    may_remove=at >= fixed,
                    may_rise=at > fixed,
                    may_sink=fixed <= at < number - 1,
                )
            )
        may_add = one.field.most is None or number < one.field.most
        shown = replace(one, parts=tuple(parts), text=str(number), may_add=may_add)
        return self._with_focus(shown) if self.step.name == one.name else shown

    def _with_focus(self, one: Shown) -> Shown:
        """The first input of what is new is where one writes next; what was moved may be moved on."""
        verb, place = self.step.verb, self.step.at
        if verb == "add" and one.parts:
            return replace(one, parts=(*one.parts[:-1], _focused(one.parts[-1])))
        if verb in {"up", "down"} and place is not None:
            place += 1 if verb == "down" else -1
            return replace(one, parts=tuple(_pressed(part, verb) if part.at == place else part for part in one.parts))
        return replace(one, is_focused=verb == "remove")

    def _variants(self, one: Shown, pointer: str) -> Shown:
        chosen = chosen_in(self.typed, one.name, len(one.field.fields))
        parts = []
        for at, part in enumerate(one.field.fields):
            inner = replace(self, faults=self.faults if at == chosen else {})
            shown = inner.shown(part, variant(one.name, at), pointer)
            error = "" if shown.parts or shown.kind == Kind.GROUP else shown.error
            parts.append(replace(shown, at=at, is_chosen=at == chosen, error=error))
        is_told = any(part.error for part in parts) and not one.field.is_spread
        error = "" if is_told else one.error
        if one.field.is_spread and chosen is None:
            error = self.faults.get(pointer, "")
        return replace(one, parts=tuple(parts), error=error)

    def _options(self, asked: Field, name: str) -> tuple[Option, ...]:
        if asked.kind is Kind.CHOICE:
            chosen = self.typed.get(name, "")
            return tuple(Option(str(at), one.label, str(at) == chosen) for at, one in enumerate(asked.choices))
        names = [variant(name, at) for at in range(len(asked.choices))]
        return tuple(
            Option(inner, one.label, bool(self.typed.get(inner)))
            for inner, one in zip(names, asked.choices, strict=True)
        )

    # --- what is looked up ---------------------------------------------------------------------------------------

    def _term(self, one: Shown) -> Shown:
        vocabulary = self.vocabularies.get(one.field.vocabulary)
        if vocabulary is None:
            return one
        first = vocabulary.find("", FEW + 1)
        is_short = len(first) <= FEW
        terms = first if is_short else ()
        meant = vocabulary.find(one.text.replace("\0", ""), FEW) if one.text else ()
        place = next((term.label for term in meant if term.value == one.text), "")
        return self._looked_up(replace(one, terms=terms, terms_url=vocabulary.url, may_find=not is_short, place=place))

    def _collection(self, one: Shown, pointer: str) -> Shown:
        keys = {part.key for part in one.field.fields}
        looked = self._looked_up(one)
        return replace(
            looked,
            text=self.typed.get(inside(one.name, "id"), ""),
            path=self.typed.get(inside(one.name, "path"), ""),
            place=self.names.get(self.typed.get(inside(one.name, "id"), ""), ""),
            has_path="path" in keys,
            error=self.faults.get(below(pointer, "id"), one.error),
            path_error=self.faults.get(below(pointer, "path"), ""),
        )

    def _looked_up(self, one: Shown) -> Shown:
        one = replace(one, find=self.typed.get(f"{one.name}?find", ""))
        if self.picked is None or self.picked.name != one.name:
            return one
        return replace(one, found=self.picked.found, listing=self.picked.listing)


def _beside(part: Shown, restricted: str, is_whole: bool = False) -> Shown:
    """In a part that is ``restricted`` so: what differs says it, and so does each group of a whole without sections."""
    differs = part.field.restricted != restricted
    return replace(part, says_who=differs or (is_whole and part.field.kind is Kind.GROUP))


def _pressed(part: Shown, verb: str) -> Shown:
    """The same button, or, where there is no further, the other."""
    other = "up" if part.may_rise else "down"
    goes_on = part.may_rise if verb == "up" else part.may_sink
    return replace(part, focus=verb if goes_on else other)


def _focused(shown: Shown) -> Shown:
    if not shown.parts:
        return replace(shown, is_focused=True)
    return replace(shown, parts=(_focused(shown.parts[0]), *shown.parts[1:]))


def _readable(asked: Field, text: str) -> str:
    """What may not be changed, for people."""
    try:
        told: Any = json.loads(text)
    except ValueError:
        return text
    named = next((one.label for one in asked.choices if type(one.value) is type(told) and one.value == told), "")
    return named or (told if isinstance(told, str) else text)
