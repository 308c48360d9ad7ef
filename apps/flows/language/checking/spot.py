"""Where in a document a check is, and what is spoken there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any  # Any: JSON

from apps.common.places import keys_of, pointer_to
from apps.flows.language.definition import QueryLanguage
from apps.flows.language.dialect import Dialect
from apps.flows.language.finding import Finding, Severity

_LANGUAGES = tuple(QueryLanguage)  # a tuple: what is looked for in it need not be hashable


@dataclass(frozen=True, slots=True)
class Spot:
    pointer: str
    dialect: Dialect
    language: QueryLanguage = QueryLanguage.JSONPATH

    @property
    def name(self) -> str:
        """What the definition calls the field here; nothing for the definition itself."""
        return keys_of(self.pointer)[-1] if self.pointer else ""

    @property
    def is_asl(self) -> bool:
        return self.dialect is Dialect.ASL

    def at(self, pointer: str) -> Spot:
        return replace(self, pointer=pointer)

    def within(self, *tokens: str | int) -> Spot:
        return self.at(pointer_to(self.pointer, *tokens))

    def speaking(self, told: Any) -> Spot:
        """Here, in the language that a machine or a state names; as around it where it names none, or nonsense."""
        named = told.get("QueryLanguage") if isinstance(told, dict) else None
        return replace(self, language=QueryLanguage(named)) if named in _LANGUAGES else self

    def error(self, code: str, message: str) -> Finding:
        return Finding(self.pointer, code, message)

    def warning(self, code: str, message: str) -> Finding:
        return Finding(self.pointer, code, message, Severity.WARNING)


Kind = Callable[[Any, Spot], Iterator[Finding]]
"""Finds what is wrong with a value."""
