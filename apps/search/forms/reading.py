"""A small typed reader of JSON values. Each value knows its place and where its problems go.

A reading method never raises: what is wrong becomes a problem, and the method gives its default, so that all problems
of a document are found in one pass. ``null`` where a value is not required is the same as no value.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from apps.search import analysis, paths
from apps.search.forms.limits import MAX_NAME_CHARACTERS
from apps.search.forms.problems import Place, Problems, shown
from apps.search.types import Scalar

REQUIRED = "Missing data for required field."
ABSENT: Final = object()


def fault_of(text: str, most: int) -> str:
    """Why no engine or database would take this text; empty if they would."""
    if len(text) > most:
        return f"must be at most {most} characters long"
    if "\0" in text:
        return "must not hold the character NUL"
    return (
        "" if text.isascii() or is_unicode(text) else "must be valid Unicode (there is half of a surrogate pair in it)"
    )


def is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def as_number(raw: object) -> float | int | None:
    """A JSON number that a double can hold, or None. (``True`` is no number, though Python says so.)"""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    try:
        return raw if math.isfinite(raw) else None
    except OverflowError:  # an int beyond 1.8e308
        return None


def nearest(word: str, known: Collection[str]) -> str:
    """`` Did you mean …?``, or nothing."""
    close = get_close_matches(shown(word), known, n=1)
    return f' Did you mean "{close[0]}"?' if close else ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a document."""

    raw: object
    place: Place
    problems: Problems

    @property
    def is_given(self) -> bool:
        return self.raw is not ABSENT and self.raw is not None

    def wrong(self, message: str) -> None:
        self.problems.add(self.place, message)

    def required(self) -> Value:
        if not self.is_given:
            self.wrong(REQUIRED if self.raw is ABSENT else "Field may not be null.")
        return self

    def text(self, default: str = "", *, most: int = MAX_NAME_CHARACTERS, least: int = 0) -> str:
        if not self.is_given:
            return default
        if not isinstance(self.raw, str):
            self.wrong("must be a text")
            return default
        fault = fault_of(self.raw, most) or ("must not be empty" if len(self.raw) < least else "")
        if fault:
            self.wrong(fault)
            return default
        return self.raw

    def path(self) -> str:
        """A path into ``content``, in its canonical spelling."""
        return paths.normalise(self.text(most=paths.MAX_PATH_CHARACTERS, least=1))

    def flag(self, default: bool = False) -> bool:
        if not self.is_given:
            return default
        if not isinstance(self.raw, bool):
            self.wrong("must be true or false")
            return default
        return self.raw

    def whole(self, low: int, high: int, default: int) -> int:
        if not self.is_given:
            return default
        if not isinstance(self.raw, int) or isinstance(self.raw, bool) or not low <= self.raw <= high:
            self.wrong(f"must be a whole number from {low} to {high}")
            return default
        return self.raw

    def number(self, low: float = -math.inf, high: float = math.inf) -> float | None:
        """A number within the bounds. None if there is none."""
        if not self.is_given:
            return None
        number = as_number(self.raw)
        if number is None or not low <= number <= high:
            bounds = "" if math.isinf(low) and math.isinf(high) else f" from {low:g} to {high:g}"
            self.wrong(f"must be a number{bounds}")
            return None
        return number

    def choice(self, options: Collection[str], default: str) -> str:
        chosen = self.text(default)
        if chosen in options or not self.is_given or not isinstance(self.raw, str):
            return chosen
        hint = "" if self.problems.is_full else nearest(chosen, options)
        self.wrong(f"must be one of: {', '.join(options)}.{hint}")
        return default

    def scalar(self) -> Scalar:
        """A text, a number, true or false: what a record's value can be compared with."""
        if isinstance(self.raw, str):
            return analysis.composed(self.text(most=MAX_SCALAR_CHARACTERS))
        if isinstance(self.raw, bool):
            return self.raw
        number = as_number(self.raw)
        if number is None:
            self.wrong("must be a text, a number, true or false")
        return number or 0

    def items(self, most: int, *, least: int = 0) -> list[Value]:
        if not self.is_given:
            return []
        if not isinstance(self.raw, list):
            self.wrong("must be a list")
            return []
        if len(self.raw) > most:
            self.wrong(f"must hold at most {most} items")
            return []
        if len(self.raw) < least:
            self.wrong("must not be an empty list")
        return [Value(raw, (*self.place, str(i)), self.problems) for i, raw in enumerate(self.raw)]

    def fields(self) -> Fields:
        """The object's keys. Of what is no object, only that is told, and not what it lacks."""
        if isinstance(self.raw, dict):
            return Fields(self.raw, self.place, self.problems)
        if self.is_given:
            self.wrong("must be an object")
        return Fields({}, self.place, Problems())


class Fields:
    """The keys of an object. It remembers which were asked for, so that the others can be refused."""

    def __init__(self, raw: Mapping[str, object], place: Place, problems: Problems) -> None:
        self.raw = raw
        self.place = place
        self.problems = problems
        self._known: list[str] = []

    def __getitem__(self, key: str) -> Value:
        self._known.append(key)
        return Value(self.raw.get(key, ABSENT), (*self.place, key), self.problems)

    def __iter__(self) -> Iterator[Value]:
        """All values, each under its key, whatever the keys are."""
        return (Value(raw, (*self.place, key), self.problems) for key, raw in self.raw.items())

    def refuse_others(self, *ignored: str, hints: Mapping[str, str] | None = None) -> None:
        """Tell of each key that was not asked for, save ``@…`` (which say what the document is) and the ``ignored``."""
        for key in self.raw:
            if key not in self._known and key not in ignored and not key.startswith("@"):
                close = "" if self.problems.is_full else nearest(key, self._known)
                self.problems.add((*self.place, key), (hints or {}).get(key, f"This key is not known.{close}"))


MAX_SCALAR_CHARACTERS = 32_768
"""Longer than any keyword (1,000): such a value matches nothing, which is true, and no reason to fail."""
