"""What a record must be to be found: filters and text are one tree."""

from __future__ import annotations

from dataclasses import dataclass

from apps.search.types.audience import Kind, Scalar

MAX_KEYWORD_CHARACTERS = 1000
"""A longer string is found by its words alone."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches all."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches none."""


@dataclass(frozen=True, slots=True)
class Match:
    """The path holds any of these values: exact, case included; ``True``, ``1`` and ``"1"`` are three values."""

    path: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """One value of the path lies between the bounds. ``kind`` is NUMBER (doubles) or DATE (epoch milliseconds, whole).

    ``None`` is open. The document matches when a single value meets both bounds.
    """

    path: str
    kind: Kind
    lower: float | None = None
    upper: float | None = None
    includes_lower: bool = True
    includes_upper: bool = True


@dataclass(frozen=True, slots=True)
class Exists:
    """The path, or any path beneath it, holds a value that is not null."""

    path: str


@dataclass(frozen=True, slots=True)
class Like:
    """A whole string value of the path matches; ``*`` is any characters, ``?`` one, all else plain. Case counts."""

    path: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The text's words stand side by side in one value. One word is a phrase of one; no word at all matches all.

    Without a path the all-text field is searched, stemmed if the index is; with a path its words as they are written.
    With ``slop`` so many other words may lie between them in all; their order stays.
    """

    text: str
    path: str | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word (folded, not stemmed) matches; ``*`` is any run of characters, ``?`` is one. ``lyso*`` is a prefix."""

    pattern: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word (folded, not stemmed) is at most ``distance`` (1 or 2) edits away; a transposition is one edit."""

    word: str
    distance: int = 1
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Identified:
    """The text is the subject, its last part, or a whole identifier, name or title (``ViewDocument.exact``)."""

    text: str


@dataclass(frozen=True, slots=True)
class SubjectIn:
    """The subject is one of these."""

    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InSet:
    """An entry's ``principal_sets`` holds one of these tokens (``name + NUL + principal``)."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A point of the path lies in the box. ``left > right`` crosses the date line."""

    path: str
    top: float
    left: float
    bottom: float
    right: float


@dataclass(frozen=True, slots=True)
class Within:
    """A place of the path meets the shape (GeoJSON as text), or with ``is_inside`` lies in it.

    Services turn it into the subjects for which it holds (``geometry.py``); no backend is asked for it.
    """

    path: str
    shape: str
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class And:
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the clauses; none at all matches nothing."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    clause: Clause


@dataclass(frozen=True, slots=True)
class Boosted:
    """Matches as its clause does; the score is multiplied."""

    clause: Clause
    factor: float


Clause = (
    Everything
    | Nothing
    | Match
    | Range
    | Exists
    | Like
    | Phrase
    | Wildcard
    | Fuzzy
    | Identified
    | SubjectIn
    | InSet
    | Box
    | Within
    | And
    | Or
    | Not
    | Boosted
)
