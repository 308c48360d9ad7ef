"""What a form asks for: a tree of fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from apps.common.places import pointer_to

Typed = Mapping[str, str]
"""What stands in the inputs of a form, by their names. A box that is not ticked stands there as nothing."""


class Absent(Enum):
    """No value, where ``null`` is one."""

    ABSENT = "absent"
    LEFT_OUT = "left out"


ABSENT = Absent.ABSENT
"""Nobody said anything yet: what the schema proposes may stand here."""
LEFT_OUT = Absent.LEFT_OUT
"""Left out of a value that is there: nothing is proposed for it."""


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    SECRET = "secret"  # noqa: S105 - the name of a kind of field
    NUMBER = "number"
    INTEGER = "integer"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    TERM = "term"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    FIXED = "fixed"
    RAW = "raw"
    LIST = "list"
    MAP = "map"
    GROUP = "group"
    VARIANTS = "variants"
    COLLECTION = "collection"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Section:
    """Members of a group that stand together, by their keys. One that is folded opens where something is said."""

    title: str
    hint: str
    keys: tuple[str, ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``fields`` are the members of a group, or the variants; ``item`` is what a list or a map is of, ``items`` what
    its first places are, of which ``fixed`` belong to it; ``least`` how many of them there must be and ``most`` how
    many there may be; ``more`` is for members that the schema does not name. ``default`` may be absent.

    A member that ``is_spread`` is none of a name: what it holds are members of the same object. ``steers``: others
    depend on it. ``restricted`` names who may see it, if not all do. ``accepts`` judges a variant, ``options`` is the
    list in the schema that it stands in."""

    kind: Kind
    key: str = ""
    label: str = ""
    hint: str = ""
    is_required: bool = True
    default: Any = ABSENT
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    more: Field | None = None
    item: Field | None = None
    items: tuple[Field, ...] = ()
    fixed: int = 0
    least: int = 0
    most: int | None = None
    value: Any = ABSENT
    is_nullable: bool = False
    is_spread: bool = False
    is_quiet: bool = False
    is_read_only: bool = False
    is_write_only: bool = False
    is_deprecated: bool = False
    steers: bool = False
    format: str = ""
    unit: str = ""
    vocabulary: str = ""
    widget: str = ""
    width: str = ""
    restricted: str = ""
    sections: tuple[Section, ...] = ()
    options: Any = field(default=None, compare=False)
    accepts: Callable[[Any], bool] | None = field(default=None, compare=False)

    @property
    def members(self) -> tuple[Field, ...]:
        """Of a group, with the field for those that the schema does not name."""
        return (*self.fields, self.more) if self.more else self.fields

    def at(self, place: int) -> Field:
        """What stands at a place of a list; behind its end, anything."""
        if place < len(self.items):
            return self.items[place]
        return self.item or Field(kind=Kind.RAW, restricted=self.restricted)


_ODD = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff?:\"'<>&]")


def below(pointer: str, key: str | int) -> str:
    """A JSON pointer."""
    return pointer_to(pointer, key)


def inside(name: str, key: str | int) -> str:
    """The name of an input: as a pointer, but with no sign that means something else in names and ids."""
    return name + _ODD.sub(lambda found: f"~x{ord(found[0]):x}.", pointer_to("", key))


def variant(name: str, number: int) -> str:
    """Where the inputs of a variant are: apart from those of the others."""
    return f"{name}?{number}"


def member(one: Field, name: str, pointer: str = "") -> tuple[str, str]:
    """The name and the pointer of a member of a group."""
    if one.is_spread:
        return f"{name}?{one.key}", pointer
    return inside(name, one.key), below(pointer, one.key)
