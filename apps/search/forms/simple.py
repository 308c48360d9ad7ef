"""Simple text: what people type. It never fails, whatever is typed.

Words are joined by AND (or OR); quotes make a phrase; ``*`` alone is everything, and so is nothing at all; a trailing
``*`` makes a prefix; every other sign is plain text. What is written without a blank (``10.1107/S2059798318-x``, a
path, a URL) is a phrase of its words. A subject, identifier or title that the text spells exactly is found and comes
first. A text of signs alone (``???``) finds nothing but such a name, because everything is no answer to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from apps.search import analysis
from apps.search.forms.limits import MAX_TERMS
from apps.search.types import And, Boosted, Clause, Everything, Identified, Nothing, Or, Phrase, Wildcard

EXACT_FACTOR = 1000.0
"""Scores of words lie below 100, so what is named exactly stands first."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_QUOTES = '"“”„'
_TOKEN = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|([^\s{_QUOTES}]+)")


class Operator(StrEnum):
    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Text:
    """What a text asks: a clause, and its plain words, each once (those that are beginnings of words left out)."""

    clause: Clause
    words: tuple[str, ...] = ()


def clean(text: str) -> str:
    """The text as an engine takes it: control characters are blanks, halves of surrogate pairs are ``?``."""
    return analysis.composed(_CONTROLS.sub(" ", text.encode("utf-8", "replace").decode())).strip()


def read(text: str, operator: Operator = Operator.AND) -> Text:
    text = clean(text)
    if not text.replace("*", "").strip():
        return Text(Everything())
    clauses: list[Clause] = []
    words: dict[str, None] = {}
    for found in _TOKEN.finditer(text):
        phrase, token = found.groups()
        clause, plain = (_phrase(phrase), analysis.words(phrase)) if token is None else _token(token)
        words.update(dict.fromkeys(plain))
        clauses += [clause] if clause else []
        if len(clauses) == MAX_TERMS:
            break
    exact = Boosted(Identified(_unquoted(text)), EXACT_FACTOR)
    return Text(Or((join(operator, clauses), exact)) if clauses else exact, tuple(words))


def join(operator: Operator, clauses: list[Clause]) -> Clause:
    """One clause of several; of none, Nothing."""
    if not clauses:
        return Nothing()
    if len(clauses) == 1:
        return clauses[0]
    return And(tuple(clauses)) if operator is Operator.AND else Or(tuple(clauses))


def _phrase(text: str) -> Clause | None:
    return Phrase(text) if analysis.words(text) else None


def _token(token: str) -> tuple[Clause | None, list[str]]:
    stem = token.rstrip("*")
    words = analysis.words(stem)
    if stem == token or not words or not stem[-1].isalnum():
        return _phrase(stem), words
    prefix = Wildcard(f"{words[-1]}*")
    return join(Operator.AND, [*_before(words), prefix]), words[:-1]


def _before(words: list[str]) -> list[Clause]:
    return [Phrase(" ".join(words[:-1]))] if len(words) > 1 else []


def _unquoted(text: str) -> str:
    inside = text[1:-1]
    whole = len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES and not any(q in inside for q in _QUOTES)
    return inside if whole else text
