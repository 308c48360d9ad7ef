"""A form as its template takes it: each field with its name, what is typed, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.common.json_formats import is_date, is_local
from apps.web.schema_forms.fields import Field, Kind
from apps.web.schema_forms.pickers import Found, Listing
from apps.web.schema_forms.steps import Step
from apps.web.schema_forms.vocabularies import Term
from apps.web.values import plural
from apps.web.who import Who


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownSection:
    """``is_open`` is for one that is folded."""

    title: str
    hint: str
    parts: tuple[Shown, ...]
    who: Who | None = None
    restricted: str = ""
    is_folded: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """``parts`` are the members of a group, the items of a list, or the variants of which one ``is_chosen``. ``bare``
    is what nothing typed means. ``source`` says where a value comes from that nobody has accepted yet. ``found`` and
    ``listing`` are what was looked up for the field.
    It ``says_who`` will see it where the part around it says something else; else a mark repeats it.
    ``key`` is the name of a member that the schema does not name, ``focus`` the button of an item that was pressed,
    ``readable`` what stands where nothing can be written,
    ``place`` what it is called that is written as an id."""

    field: Field
    name: str
    pointer: str
    label: str
    text: str = ""
    bare: str = ""
    is_on: bool = False
    error: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Shown, ...] = ()
    sections: tuple[ShownSection, ...] = ()
    at: int = 0
    is_chosen: bool = False
    may_add: bool = False
    may_remove: bool = False
    may_rise: bool = False
    may_sink: bool = False
    is_focused: bool = False
    focus: str = ""
    who: Who | None = None
    says_who: bool = False
    source: str = ""
    is_accepted: bool = False
    key: str = ""
    readable: str = ""
    find: str = ""
    path: str = ""
    path_error: str = ""
    has_path: bool = False
    found: Sequence[Found] | None = None
    listing: Listing | None = None
    place: str = ""
    terms: Sequence[Term] = ()
    terms_url: str = ""
    may_find: bool = False

    @property
    def kind(self) -> str:
        """How it is shown: a text of several lines has room for them."""
        if self.field.kind in {Kind.TEXT, Kind.TERM} and "\n" in self.text:
            return Kind.LONG.value
        return self.field.kind.value

    @property
    def input_type(self) -> str:
        """That of the browser, where it can hold what is typed."""
        text = self.text
        match self.field.kind:
            case Kind.SECRET:
                return "password"
            case Kind.DATE if not text or is_date(text):
                return "date"
            case Kind.MOMENT if not text or is_local(text):
                return "datetime-local"
        return "text"

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        told = {
            "hint": self.field.hint,
            "unit": self.field.unit,
            "place": self.field.kind is Kind.TERM and self.place,
            "who": self.says_who and self.who,
            "source": self.source,
            "error": self.error,
        }
        return " ".join(f"{self.name}?{name}" for name, words in told.items() if words)

    @property
    def alone(self) -> Shown | None:
        """Of an item with one field to fill in, that: nothing around it needs a name of its own."""
        written = [part for part in self.parts if part.field.kind is not Kind.FIXED or part.bare]
        if self.field.kind is not Kind.GROUP or len(written) != 1 or written[0].parts or written[0].field.is_spread:
            return None
        [one] = written
        is_same = one.label.casefold() == self.field.label.casefold()
        return replace(one, label=self.label if is_same else f"{self.label}: {one.label}")

    @property
    def is_optional(self) -> bool:
        return not self.field.is_required


@dataclass(frozen=True, slots=True)
class Wrong:
    anchor: str
    place: str
    message: str


def walk(shown: Shown) -> Iterator[Shown]:
    """All that is to be seen: the whole before its parts; of variants the one that is chosen."""
    is_variants = shown.field.kind is Kind.VARIANTS
    parts = [part for part in shown.parts if part.is_chosen or not is_variants]
    if is_variants and parts and not parts[0].parts:
        yield from walk(parts[0])  # what is wrong with it is to be written there
    yield shown
    for part in parts:
        yield from walk(part)


def wrong(root: Shown, faults: Mapping[str, str]) -> tuple[Wrong, ...]:
    """All faults, each with the nearest thing on the page to go to, in the order of the form."""
    places: dict[str, Shown] = {}
    labels: dict[str, str] = {}
    for one in walk(root):
        places.setdefault(one.pointer, one)
        if one.label and not one.field.is_spread:
            labels.setdefault(one.pointer, one.label)
    order = {pointer: at for at, pointer in enumerate(places)}
    found = []
    for pointer, message in faults.items():
        near = _nearest(pointer, places)
        place = labels.get(near, "") if near == pointer else pointer
        found.append((order[near], Wrong(places[near].name, place, message)))
    return tuple(one for _, one in sorted(found, key=lambda each: each[0]))


def told_of(root: Shown, step: Step) -> str:
    """What a button did to a list, for who does not see it."""
    one = next((one for one in walk(root) if one.name == step.name), None)
    if one is None or step.verb not in _DONE:
        return ""
    place = {"up": step.at or 0, "down": (step.at or 0) + 2}.get(step.verb, 0)
    return f"{one.label}: {_DONE[step.verb]}{place or ''}. {plural(len(one.parts), 'item', 'items')}."


_DONE = {"add": "added", "remove": "removed", "up": "moved to place ", "down": "moved to place "}


def _nearest(pointer: str, known: Mapping[str, Shown]) -> str:
    while pointer and pointer not in known:
        pointer = pointer.rpartition("/")[0]
    return pointer


def named(shown: Shown) -> Iterator[tuple[str, bool]]:
    """The names of all inputs, and whether what stands below them belongs to them."""
    yield shown.name, not shown.parts
    for part in shown.parts:
        yield from named(part)
