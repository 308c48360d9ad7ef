"""Whether an object has the fields it should have, and what is in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.kinds import number, wrong
from apps.flows.language.checking.spot import Kind, Spot
from apps.flows.language.checking.suggestions import did_you_mean, listed
from apps.flows.language.checking.values import path
from apps.flows.language.definition import QueryLanguage
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding

BOTH = frozenset(QueryLanguage)
JSONPATH = frozenset({QueryLanguage.JSONPATH})
JSONATA = frozenset({QueryLanguage.JSONATA})


@dataclass(frozen=True, slots=True)
class Field:
    kind: Kind
    languages: frozenset[QueryLanguage] = BOTH


def numbers(name: str, least: float, most: float | None = None, *, is_whole: bool = True) -> dict[str, Field]:
    """A number, or the path where it is found."""
    return {name: Field(number(least, most, is_whole=is_whole)), f"{name}Path": Field(path, JSONPATH)}


@dataclass(frozen=True, slots=True)
class Shape:
    """Of ``one_of`` each group has exactly one member in the object, of ``at_most_one`` none or one, of ``any_of`` at
    least one."""

    fields: Mapping[str, Field]
    required: Collection[str] = ()
    one_of: Collection[tuple[str, ...]] = ()
    at_most_one: Collection[tuple[str, ...]] = field(default=())
    any_of: Collection[tuple[str, ...]] = field(default=())

    def check(self, value: Any, spot: Spot) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield wrong(spot, "an object", value)
            return
        yield from self._missing(value, spot)
        for name, inner in value.items():
            yield from self._field(name, inner, spot)

    def _missing(self, value: Mapping[str, Any], spot: Spot) -> Iterator[Finding]:
        for name in self.required:
            if name not in value:
                yield spot.error(Code.MISSING_FIELD, f"`{name}` is missing. Add it.{self._misspelt(name, value)}")
        for group in self.one_of:
            names = [name for name in group if spot.language in self.fields[name].languages]
            told = [name for name in names if name in value]
            if not told and names:
                yield self._none_of(names, value, spot)
            yield from _too_many(told, spot)
        for group in self.any_of:
            names = [name for name in group if spot.language in self.fields[name].languages]
            if not any(name in value for name in names):
                yield self._none_of(names, value, spot)
        for group in self.at_most_one:
            yield from _too_many([name for name in group if name in value], spot)

    def _none_of(self, names: list[str], value: Mapping[str, Any], spot: Spot) -> Finding:
        return spot.error(Code.MISSING_FIELD, f"{_one_of(names)} is missing. Add it.{self._misspelt_any(names, value)}")

    def _field(self, name: str, value: Any, spot: Spot) -> Iterator[Finding]:
        if name not in self.fields:
            hint = did_you_mean(name, [known for known, each in self.fields.items() if spot.language in each.languages])
            yield spot.within(name).error(
                Code.UNKNOWN_FIELD, f"There is no field {shown(name)} here.{hint or ' Remove it.'}"
            )
        elif spot.language not in self.fields[name].languages:
            other = next(iter(self.fields[name].languages))
            yield spot.within(name).error(
                Code.WRONG_LANGUAGE, f"`{name}` is of {other}, but {spot.language} is spoken here. Set `QueryLanguage`."
            )
        else:
            yield from self.fields[name].kind(value, spot.within(name))

    def _misspelt(self, name: str, value: Mapping[str, Any]) -> str:
        """Which of the unknown fields may be the missing one."""
        return did_you_mean(name, [told for told in value if told not in self.fields]).replace("mean", "write it as")

    def _misspelt_any(self, names: list[str], value: Mapping[str, Any]) -> str:
        return next((hint for name in names if (hint := self._misspelt(name, value))), "")


def _one_of(names: list[str]) -> str:
    return listed(names) if len(names) == 1 else f"One of {listed(names)}"


def _too_many(told: list[str], spot: Spot) -> Iterator[Finding]:
    if len(told) > 1:
        yield spot.error(Code.EXCLUSIVE_FIELDS, f"{listed(told, 'and')} exclude each other. Keep one of them.")
