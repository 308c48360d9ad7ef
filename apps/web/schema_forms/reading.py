"""From what is typed to a value, with what is wrong, by the JSON pointer of the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.common.errors import Invalid
from apps.web.schema_forms.fields import ABSENT, Field, Kind, Typed, below, variant

MOST_ITEMS = 500
MISSING = "Fill this in."
Principal = Callable[[str], str]
"""From what is typed to the principal that it names. Raises Invalid."""


@dataclass
class Reading:
    """``value`` may be absent. ``faults`` are sentences by the pointers of their places, ``chosen`` the variants by
    those of theirs."""

    value: Any = ABSENT
    faults: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)


def read(asked: Field, typed: Typed, *, principal: Principal = str, name: str = "input") -> Reading:
    reader = _Reader(typed, principal)
    reader.found.value = reader.value(asked, name, "")
    return reader.found


class _Reader:
    def __init__(self, typed: Typed, principal: Principal) -> None:
        self.typed, self.principal = typed, principal
        self.found = Reading()

    def value(self, asked: Field, name: str, pointer: str) -> Any:
        match asked.kind:
            case Kind.GROUP:
                return self._group(asked, name, pointer)
            case Kind.COLLECTION:
                return self._collection(asked, name, pointer)
            case Kind.LIST:
                return self._list(asked, name, pointer)
            case Kind.CHOICES:
                ticked = [one.value for at, one in enumerate(asked.choices) if variant(name, at) in self.typed]
                return ticked if ticked or asked.is_required else ABSENT
            case Kind.VARIANTS:
                return self._variant(asked, name, pointer)
            case Kind.FLAG:
                return name in self.typed
            case Kind.FIXED:
                return asked.value
        text = self.typed.get(name, "").replace("\r\n", "\n")
        if not text.strip():
            return self._missing(asked, pointer)
        try:
            return self._told(asked, text)
        except Invalid as error:
            return self._wrong(pointer, error.message)

    # --- one input -----------------------------------------------------------------------------------------------

    def _told(self, asked: Field, text: str) -> Any:
        """
        Raises:
            Invalid: it cannot be read.
        """
        match asked.kind:
            case Kind.INTEGER:
                return _integer(text.strip())
            case Kind.NUMBER:
                return _number(text.strip())
            case Kind.CHOICE:
                return _choice(asked, text)
            case Kind.RAW:
                return json_in(text)
            case Kind.MOMENT:
                return _moment(text.strip())
            case Kind.PRINCIPAL:
                return self.principal(text.strip())
        return text

    def _missing(self, asked: Field, pointer: str) -> Any:
        return self._wrong(pointer, MISSING) if asked.is_required else ABSENT

    def _wrong(self, pointer: str, message: str) -> Any:
        self.found.faults[pointer] = message
        return ABSENT

    # --- several -------------------------------------------------------------------------------------------------

    def _group(self, asked: Field, name: str, pointer: str) -> Any:
        if not asked.is_required and not self._is_given(asked, name):
            return ABSENT
        members = {one.key: self.value(one, below(name, one.key), below(pointer, one.key)) for one in asked.fields}
        return {key: told for key, told in members.items() if told is not ABSENT}

    def _collection(self, asked: Field, name: str, pointer: str) -> Any:
        held = {one.key: self.typed.get(below(name, one.key), "").strip() for one in asked.fields}
        if not any(held.values()) and not asked.is_required:
            return ABSENT
        for one in asked.fields:
            if one.is_required and not held[one.key]:
                words = "Choose a collection." if one.key == "id" else "Choose a path."
                self.found.faults.setdefault(below(pointer, one.key), words)
        return {key: text for key, text in held.items() if text}

    def _list(self, asked: Field, name: str, pointer: str) -> Any:
        assert asked.item is not None  # a list is of something
        number = count_in(self.typed, name)
        if not number and not asked.is_required:
            return ABSENT
        items = [self.value(asked.item, below(name, at), below(pointer, at)) for at in range(number)]
        for at, item in enumerate(items):
            if item is ABSENT and self.found.faults.get(below(pointer, at), MISSING) == MISSING:
                self.found.faults[below(pointer, at)] = "Fill this in, or remove it."
        return [None if item is ABSENT else item for item in items]

    def _variant(self, asked: Field, name: str, pointer: str) -> Any:
        chosen = chosen_in(self.typed, name, len(asked.fields))
        if chosen is None:
            return self._wrong(pointer, "Choose one.") if asked.is_required else ABSENT
        self.found.chosen[pointer] = int(asked.fields[chosen].key)
        return self.value(asked.fields[chosen], variant(name, chosen), pointer)

    def _is_given(self, asked: Field, name: str) -> bool:
        """Whether anything was written into a part that may be left out. A box that is ticked alone does not count
        when it is ticked by default."""
        for one in asked.fields:
            inner = below(name, one.key)
            match one.kind:
                case Kind.GROUP | Kind.COLLECTION:
                    if self._is_given(one, inner):
                        return True
                case Kind.FLAG:
                    if (inner in self.typed) is not (one.default is True):
                        return True
                case Kind.FIXED:
                    continue
                case _ if any(_is_of(key, inner) and text.strip(" 0") for key, text in self.typed.items()):
                    return True
        return False


def _is_of(key: str, name: str) -> bool:
    return key == name or key.startswith((f"{name}/", f"{name}?"))


def count_in(typed: Typed, name: str) -> int:
    """How many items a list has in the form."""
    text = typed.get(f"{name}?count", "")
    return min(int(text), MOST_ITEMS) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def chosen_in(typed: Typed, name: str, number: int) -> int | None:
    text = typed.get(f"{name}?of", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) < number else None


def json_in(text: str) -> Any:
    """
    Raises:
        Invalid: it is no JSON.
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise Invalid("This is nested too deeply.") from error
    except ValueError as error:
        place = f" in line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise Invalid(f"This is no JSON{place}. Texts stand in double quotes.") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"JSON has no {name}")


def _integer(text: str) -> int:
    try:
        if len(text) > 300:
            raise ValueError
        return int(text)
    except ValueError as error:
        number = _number(text)
        if isinstance(number, float) and number.is_integer() and abs(number) < 2**53:
            return int(number)
        raise Invalid("Write a whole number, such as 12.") from error


def _number(text: str) -> float | int:
    try:
        number = json.loads(text.replace("+", "", 1) if text.startswith("+") else text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        number = None
    if isinstance(number, bool) or not isinstance(number, int | float) or number in {float("inf"), float("-inf")}:
        raise Invalid("Write a number, such as 12.5 or 3e-4.")
    return number


def _choice(asked: Field, text: str) -> Any:
    at = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
    if not 0 <= at < len(asked.choices):
        raise Invalid("Choose one of those that are listed.")
    return asked.choices[at].value


def _moment(text: str) -> str:
    """Without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("Write it as 2027-01-31T12:00, in UTC.") from error
    return moment.isoformat() if moment.tzinfo else f"{moment.isoformat()}Z"
