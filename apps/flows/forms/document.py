"""A document that a caller sent, read field by field: all that is wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any, TypeVar
from uuid import UUID

from apps.access.errors import InvalidPrincipal
from apps.access.types import PrincipalKind, parse_principal
from apps.common.errors import Invalid
from apps.common.parsing import uuid_in
from apps.flows.errors import Unprocessable

T = TypeVar("T")
Place = tuple[str | int, ...]
Kinds = Collection[PrincipalKind]
PERSON: Kinds = (PrincipalKind.IDENTITY,)
PEOPLE: Kinds = (PrincipalKind.IDENTITY, PrincipalKind.GROUP)
MOST_PRINCIPALS = 1000
_WORDS = {
    PrincipalKind.IDENTITY: "urn:globus:auth:identity:<id>",
    PrincipalKind.GROUP: "urn:globus:groups:id:<id>",
    PrincipalKind.PUBLIC: '"public"',
    PrincipalKind.ALL_AUTHENTICATED: '"all_authenticated_users"',
}


class Document:
    """``null`` is the same as not to say anything of a field. What cannot be read becomes a fault, and then None."""

    def __init__(self, told: Any, place: Place = (), faults: list[tuple[Place, str]] | None = None) -> None:
        """``told`` is JSON, whatever was sent. A part of a document has a place in it and the same ``faults``."""
        self._told: dict[str, Any] = told if isinstance(told, dict) else {}
        self._place = place
        self.faults = [] if faults is None else faults
        if not isinstance(told, dict):
            self.fault("Write a JSON object.")

    def fault(self, message: str, *place: str | int) -> None:
        self.faults.append(((*self._place, *place), message))

    def require_right(self) -> None:
        """
        Raises:
            Unprocessable: something is wrong.
        """
        if self.faults:
            raise Unprocessable(self.faults)

    def says(self, name: str) -> bool:
        return self._told.get(name) is not None

    def mentions(self, name: str) -> bool:
        """Whether it is there, be it ``null``."""
        return name in self._told

    def value(self, name: str) -> Any:
        return self._told.get(name)

    def known(self, names: Collection[str]) -> None:
        """A field with another name is a fault: it would be taken for heard."""
        for name in self._told:
            if name not in names:
                close = get_close_matches(name, names, n=1)
                self.fault("There is no such field." + (f" Did you mean {close[0]}?" if close else ""), name[:100])

    def text(self, name: str, *, most: int, is_required: bool = False) -> str | None:
        told = self._told.get(name)
        if told is None and not is_required:
            return None
        return self._text(told, most, is_required, name)

    def texts(self, name: str, *, most: int, longest: int) -> list[str] | None:
        """Each once, blanks around and within them made one."""
        several = self._list(name, most)
        if several is None:
            return None
        read = [self._text(one, longest, True, name, at) for at, one in enumerate(several)]
        return list(dict.fromkeys(" ".join(one.split()) for one in read if one))

    def principals(self, name: str, kinds: Kinds) -> list[str] | None:
        several = self._list(name, MOST_PRINCIPALS)
        if several is None:
            return None
        return [one for at, told in enumerate(several) if (one := self._principal(told, kinds, name, at))]

    def principal(self, name: str, kinds: Kinds) -> str | None:
        return self._principal(self._told[name], kinds, name) if self.says(name) else None

    def object(self, name: str, *, is_required: bool = False) -> dict[str, Any] | None:
        told = self._told.get(name)
        if isinstance(told, dict):
            return told
        if told is not None or is_required:
            self.fault("Write a JSON object." if told is not None else "This field is missing.", name)
        return None

    def choices(self, name: str, known: Collection[str]) -> list[str] | None:
        several = self._list(name, len(known))
        for at, one in enumerate(several or []):
            if not isinstance(one, str) or one not in known:
                self.fault(f"Choose among {', '.join(known)}.", name, at)
        return several

    def choice(self, name: str, known: Collection[str]) -> str | None:
        told = self._told.get(name)
        if told is not None and (not isinstance(told, str) or told not in known):
            self.fault(f"Choose among {', '.join(known)}.", name)
            return None
        return told

    def whole(self, name: str, least: int, most: int) -> int | None:
        told = self._told.get(name)
        if told is None:
            return None
        if isinstance(told, float) and told.is_integer():
            told = int(told)
        if not isinstance(told, int) or isinstance(told, bool) or not least <= told <= most:
            self.fault(f"Write a whole number from {least:,} to {most:,}.", name)
            return None
        return told

    def needed(self, name: str, read: T | None) -> T | None:
        """What was ``read`` of the field; that nothing is said of it is a fault."""
        if not self.says(name):
            self.fault("This field is missing.", name)
        return read

    def flag(self, name: str) -> bool:
        """Nothing said is no."""
        told = self._told.get(name)
        if told is not None and not isinstance(told, bool):
            self.fault("Write true or false.", name)
        return told is True

    def ids(self, name: str, *, most: int) -> list[UUID]:
        found = []
        for at, one in enumerate(self._list(name, most) or []):
            try:
                found.append(uuid_in(one, name))
            except Invalid as error:
                self.fault(error.message, name, at)
        return found

    def part(self, name: str) -> Document:
        """The object in a field; its faults are told with these."""
        return Document(self._told.get(name), (*self._place, name), self.faults)

    def read(self, name: str, read: Callable[[Any, str], T]) -> T | None:
        """What ``read`` makes of the field; what it refuses is a fault."""
        try:
            return read(self._told[name], name) if self.says(name) else None
        except Invalid as error:
            self.fault(error.message, name)
            return None

    def _list(self, name: str, most: int) -> list[Any] | None:
        told = self._told.get(name)
        if told is None:
            return None
        if isinstance(told, list) and len(told) <= most:
            return told
        self.fault(f"Write a list of at most {most:,}.", name)
        return None

    def _text(self, told: Any, most: int, is_required: bool, *place: str | int) -> str | None:
        if told is None:
            self.fault("This field is missing.", *place)
        elif not isinstance(told, str):
            self.fault("Write a text.", *place)
        elif fault := fault_of(told, most) or (not told.strip() and is_required and "Write at least one sign."):
            self.fault(fault, *place)
        else:
            return told
        return None

    def _principal(self, told: Any, kinds: Kinds, *place: str | int) -> str | None:
        try:
            principal = parse_principal(told) if isinstance(told, str) else None
        except InvalidPrincipal:
            principal = None
        if principal is not None and principal.kind in kinds:
            return str(principal)
        words = " or ".join(_WORDS[kind] for kind in kinds)
        self.fault(f"{str(told)[:100]!r} cannot have this role. Write {words}.", *place)
        return None


def fault_of(text: str, most: int) -> str:
    """Why no database would take the text; nothing if it would."""
    if len(text) > most:
        return f"Write at most {most:,} signs."
    try:
        text.encode()
    except UnicodeEncodeError:
        return "Write valid Unicode: there is half of a surrogate pair in it."
    return "Write no NUL characters." if "\0" in text else ""
