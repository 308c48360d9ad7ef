"""A form as its template takes it: each field with its name, what is typed, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from apps.web.schema_forms.fields import Field, Kind, Typed, below, variant
from apps.web.schema_forms.pickers import Found, Listing, Picked
from apps.web.schema_forms.reading import chosen_in, count_in
from apps.web.schema_forms.steps import Step

NO_STEP = Step()


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """``button`` is the name as buttons write it. ``parts`` are the members of a group, the items of a list, or the
    variants of which one ``is_chosen``. ``found`` and ``listing`` are what was looked up for the field."""

    field: Field
    name: str
    button: str
    label: str
    text: str = ""
    is_on: bool = False
    error: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Shown, ...] = ()
    at: int = 0
    is_chosen: bool = False
    may_add: bool = False
    is_focused: bool = False
    find: str = ""
    path: str = ""
    path_error: str = ""
    has_path: bool = False
    found: Sequence[Found] | None = None
    listing: Listing | None = None
    place: str = ""

    @property
    def kind(self) -> str:
        return self.field.kind.value

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        told = [f"{self.name}?hint"] if self.field.hint else []
        return " ".join([*told, f"{self.name}?error"] if self.error else told)

    @property
    def is_optional(self) -> bool:
        return not self.field.is_required


@dataclass
class Showing:
    """``picked`` is what was looked up for the field that the last step was about, ``names`` what collections are
    called, by their ids."""

    typed: Typed
    faults: Mapping[str, str] = field(default_factory=dict)
    step: Step = NO_STEP
    picked: Picked | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def shown(self, asked: Field, name: str = "input", pointer: str = "") -> Shown:
        one = Shown(
            field=asked,
            name=name,
            button=name.replace(":", "~3"),
            label=asked.label,
            text=self.typed.get(name, ""),
            error=self.faults.get(pointer, ""),
            is_focused=self.step.name == name and self.step.verb in {"find", "open", "remove"},
        )
        match asked.kind:
            case Kind.GROUP:
                parts = (self.shown(part, below(name, part.key), below(pointer, part.key)) for part in asked.fields)
                return replace(one, parts=tuple(parts))
            case Kind.LIST:
                return self._list(one, pointer)
            case Kind.VARIANTS:
                return self._variants(one, pointer)
            case Kind.COLLECTION:
                return self._collection(one, pointer)
            case Kind.PRINCIPAL:
                return self._looked_up(one)
            case Kind.FLAG:
                return replace(one, is_on=name in self.typed)
            case Kind.CHOICE | Kind.CHOICES:
                return replace(one, options=self._options(asked, name))
        return one

    def _options(self, asked: Field, name: str) -> tuple[Option, ...]:
        if asked.kind is Kind.CHOICE:
            chosen = self.typed.get(name, "")
            return tuple(Option(str(at), one.label, str(at) == chosen) for at, one in enumerate(asked.choices))
        names = [variant(name, at) for at in range(len(asked.choices))]
        return tuple(
            Option(inner, one.label, inner in self.typed) for inner, one in zip(names, asked.choices, strict=True)
        )

    def _list(self, one: Shown, pointer: str) -> Shown:
        item, number = one.field.item, count_in(self.typed, one.name)
        assert item is not None  # a list is of something
        is_new = self.step.verb == "add" and self.step.name == one.name
        parts = []
        for at in range(number):
            part = self.shown(item, below(one.name, at), below(pointer, at))
            label = f"{item.label or one.label} {at + 1}"
            part = _focused(part) if is_new and at == number - 1 else part
            parts.append(replace(part, at=at, label=label))
        may_add = one.field.most is None or number < one.field.most
        return replace(one, parts=tuple(parts), text=str(number), may_add=may_add)

    def _variants(self, one: Shown, pointer: str) -> Shown:
        chosen = chosen_in(self.typed, one.name, len(one.field.fields))
        parts = []
        for at, part in enumerate(one.field.fields):
            inner = replace(self, faults=self.faults if at == chosen else {})
            shown = inner.shown(part, variant(one.name, at), pointer)
            parts.append(replace(shown, at=at, is_chosen=at == chosen, error=""))
        return replace(one, parts=tuple(parts))

    def _collection(self, one: Shown, pointer: str) -> Shown:
        keys = {part.key for part in one.field.fields}
        looked = self._looked_up(one)
        return replace(
            looked,
            text=self.typed.get(below(one.name, "id"), ""),
            path=self.typed.get(below(one.name, "path"), ""),
            place=self.names.get(self.typed.get(below(one.name, "id"), ""), ""),
            has_path="path" in keys,
            error=self.faults.get(below(pointer, "id"), one.error),
            path_error=self.faults.get(below(pointer, "path"), ""),
        )

    def _looked_up(self, one: Shown) -> Shown:
        one = replace(one, find=self.typed.get(f"{one.name}?find", ""))
        if self.picked is None or self.picked.name != one.name:
            return one
        return replace(one, found=self.picked.found, listing=self.picked.listing)


def _focused(shown: Shown) -> Shown:
    """Its first input is where one writes next."""
    if not shown.parts:
        return replace(shown, is_focused=True)
    return replace(shown, parts=(_focused(shown.parts[0]), *shown.parts[1:]))


def places(shown: Shown, pointer: str = "") -> dict[str, str]:
    """The id of the input of each place, by pointer: there a message leads."""
    found = {pointer: shown.name}
    for part in shown.parts:
        if shown.field.kind is Kind.VARIANTS:
            found |= places(part, pointer) if part.is_chosen else {}
        else:
            found |= places(part, below(pointer, part.at if shown.field.kind is Kind.LIST else part.field.key))
    return found


@dataclass(frozen=True, slots=True)
class Wrong:
    anchor: str
    place: str
    message: str


def wrong(shown: Shown, faults: Mapping[str, str]) -> list[Wrong]:
    """All faults, each with the nearest thing on the page to go to, in the order of the form."""
    known = places(shown)
    labels = labels_of(shown)
    found = [
        Wrong(known[near], labels.get(near, "") or pointer, message)
        for pointer, message in faults.items()
        for near in [_nearest(pointer, known)]
    ]
    order = {anchor: at for at, anchor in enumerate(known.values())}
    return sorted(found, key=lambda one: order[one.anchor])


def labels_of(shown: Shown, pointer: str = "") -> dict[str, str]:
    found = {pointer: shown.label}
    for part in shown.parts:
        if shown.field.kind is Kind.VARIANTS:
            found |= {place: told for place, told in labels_of(part, pointer).items() if place != pointer}
        else:
            found |= labels_of(part, below(pointer, part.at if shown.field.kind is Kind.LIST else part.field.key))
    return found


def _nearest(pointer: str, known: Mapping[str, str]) -> str:
    while pointer not in known:
        pointer = pointer.rpartition("/")[0]
    return pointer
