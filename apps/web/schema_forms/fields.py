"""What a form asks for: a tree of fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

Typed = Mapping[str, str]
"""What stands in the inputs of a form, by their names. A box that is not ticked is not there."""


class Absent(Enum):
    """No value, where ``null`` is one."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    SECRET = "secret"  # noqa: S105 - the name of a kind of field
    NUMBER = "number"
    INTEGER = "integer"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    FIXED = "fixed"
    RAW = "raw"
    LIST = "list"
    GROUP = "group"
    VARIANTS = "variants"
    COLLECTION = "collection"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``fields`` are the members of a group, or the variants; ``item`` is what a list is of, ``least`` how many of them
    there must be and ``most`` how many there may be. ``default`` may be absent."""

    kind: Kind
    key: str = ""
    label: str = ""
    hint: str = ""
    is_required: bool = True
    default: Any = ABSENT
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    item: Field | None = None
    least: int = 0
    most: int | None = None
    value: Any = ABSENT


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer, and of the name of an input, where ``?`` means something else."""
    return key.replace("~", "~0").replace("/", "~1").replace("?", "~2")


def below(name: str, key: str | int) -> str:
    return f"{name}/{escaped(str(key))}"


def variant(name: str, number: int) -> str:
    """Where the inputs of a variant are: apart from those of the others."""
    return f"{name}?{number}"
