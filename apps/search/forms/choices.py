"""What a visitor chose, as a URL says it: ``filter.<path>=value`` and its kin, one ``Choice`` each.

Values in a URL have no type, so that a value stands for the text and also for the number or boolean that it spells:
``1E10`` finds the PDB entry of that name and the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from apps.search import analysis, paths
from apps.search.forms import bounds
from apps.search.forms.limits import MAX_STARS
from apps.search.forms.reading import fault_of
from apps.search.types import MAX_KEYWORD_CHARACTERS, And, Clause, Exists, Interval, Like, Match, Not, Or, Scalar

FLAGS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
"""Clients send ``True``, ``true`` and ``1``; a ticked box sends ``on``. Case does not count."""


class How(StrEnum):
    """How a value narrows. The value is what stands between ``filter`` and the path; see ``KEYS``."""

    ANY = "any"
    ALL = "all"
    NOT = "not"
    RANGE = "range"
    EXISTS = "exists"
    LIKE = "like"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


KEYS = {
    "filter": How.ANY,
    "filter-match-any": How.ANY,
    "filter-match-all": How.ALL,
    **{f"filter-{how}": how for how in How if how not in (How.ANY, How.ALL)},
}
_KEY_OF = {how: key for key, how in reversed(KEYS.items())}
_RANGE = re.compile(r"(.*?)--(.*)", re.DOTALL)
_OPEN = ("", "*")
BELOW = "<"
"""Before the upper end of a range: ``5--<10`` is from 5 up to, but not, 10, as one bar of a histogram counts."""

_BESIDE_MISSING = frozenset(How) - {How.ALL, How.NOT}


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """One value chosen of a path (canonical)."""

    path: str
    how: How
    value: str

    @property
    def key(self) -> str:
        """The URL's parameter."""
        return f"{_KEY_OF[self.how]}.{self.path}"

    @classmethod
    def of_range(cls, path: str, low: str, high: str) -> Choice:
        """Blank is open."""
        return cls(path, How.RANGE, f"{low.strip() or '*'}--{high.strip() or '*'}")


def choice(key: str, value: str) -> Choice | None:
    """The choice that a parameter makes; None if it is no filter.

    Raises:
        BadBound: with what is wrong.
    """
    name, dot, written = key.partition(".")
    if name not in KEYS or not dot:
        return None
    fault = fault_of(written, paths.MAX_PATH_CHARACTERS) or fault_of(value, MAX_KEYWORD_CHARACTERS)
    if fault or not written:
        raise bounds.BadBound(fault or f"write the field after the dot: {name}.field")
    made = Choice(paths.normalise(written), KEYS[name], analysis.composed(value))
    clause((made,))
    return made


def clauses(choices: Iterable[Choice]) -> tuple[Clause, ...]:
    """Values chosen the same way of one path are alternatives (``ALL`` and ``NOT``: each counts); the rest is AND.

    "Missing" (``EXISTS`` false) is one more alternative to the values of its path.
    """
    ordered = sorted(choices)
    return tuple(found for _, group in groupby(ordered, lambda chosen: chosen.path) for found in _of_path(tuple(group)))


def _of_path(chosen: tuple[Choice, ...]) -> Iterator[Clause]:
    missing = tuple(each for each in chosen if each.how is How.EXISTS and not FLAGS[each.value.lower()])
    rest = [each for each in chosen if each not in missing]
    for how, group in groupby(rest, lambda each: each.how):
        made = clause(tuple(group))
        yield Or((made, clause(missing))) if missing and how in _BESIDE_MISSING else made
    if missing and not any(each.how in _BESIDE_MISSING for each in rest):
        yield clause(missing)


def clause(alike: tuple[Choice, ...]) -> Clause:
    """The clause of choices of one path and one way. Raises BadBound."""
    path, how = alike[0].path, alike[0].how
    match how:
        case How.ANY:
            return Match(path, tuple(value for chosen in alike for value in spelled(chosen.value)))
        case How.NOT:
            return Not(Match(path, tuple(value for chosen in alike for value in spelled(chosen.value))))
        case How.ALL:
            return _joined(And, [Match(path, spelled(chosen.value)) for chosen in alike])
    return _joined(Or, [_one(chosen) for chosen in alike])


def spelled(value: str) -> tuple[Scalar, ...]:
    """The text, and the number or the boolean that it spells."""
    number = bounds.number(value)
    if number is not None:
        return (value, number)
    return (value, value.lower() == "true") if value.lower() in ("true", "false") else (value,)


def _one(chosen: Choice) -> Clause:
    match chosen.how:
        case How.RANGE:
            return _range(chosen)
        case How.EXISTS:
            return _exists(chosen)
        case How.LIKE:
            if not chosen.value or chosen.value.count("*") > MAX_STARS:
                raise bounds.BadBound(f"write a text with at most {MAX_STARS} stars; * is any letters, ? is one")
            return Like(chosen.path, chosen.value)
    return bounds.during(chosen.path, chosen.value, Interval(chosen.how.value))


def _range(chosen: Choice) -> Clause:
    found = _RANGE.fullmatch(chosen.value)
    if found is None:
        raise bounds.BadBound("write lowest--highest; * is an open end")
    low, high = (end.strip() for end in found.groups())
    ends = [None if end in _OPEN else end for end in (low, high.removeprefix(BELOW))]
    return bounds.between(chosen.path, *ends, includes_upper=not high.startswith(BELOW), is_typed=False)


def _exists(chosen: Choice) -> Clause:
    said = FLAGS.get(chosen.value.lower())
    if said is None:
        raise bounds.BadBound("must be true or false")
    return Exists(chosen.path) if said else Not(Exists(chosen.path))


def _joined(kind: type[And] | type[Or], clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else kind(tuple(clauses))
