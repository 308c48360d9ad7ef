"""Lucene syntax to luqum's tree, with messages that say where and what to do."""

from __future__ import annotations

import re
from typing import Any

from luqum.exceptions import ParseError
from luqum.thread import parse as luqum_parse

from apps.search.errors import InvalidQuery
from apps.search.forms.limits import MAX_TEXT_CHARACTERS
from apps.search.forms.problems import shown

_POSITION = re.compile(r"at position (\d+)!?\Z")
_NEGATIVE = re.compile(r"([<>]=?)-(?=[\d.])")
_SIGNS = {
    '"': "This quotation mark has no partner",
    "/": "Regular expressions are not offered: use the wildcards * and ?, or put a path into quotes",
    ")": "A closing parenthesis with none to close, or with nothing in it",
    "&&": "Write AND instead of &&",
    "||": "Write OR instead of ||",
    "!": "Write NOT instead of !",
}
EXPECTED = 'a word, a "phrase" or field:value was expected; a backslash before a sign makes it plain'


def wrong(message: str, position: int | None = None) -> InvalidQuery:
    """An error of the text ``q``; people count positions from 1."""
    place = "" if position is None else f" (at position {position + 1})"
    return InvalidQuery(f"{message}{place}.", place="q", details={"messages": {"query": {"q": [f"{message}{place}."]}}})


def parse(text: str) -> Any:  # Any: luqum is not typed
    """The tree of a text that is not blank.

    Raises:
        InvalidQuery: too long, or not Lucene syntax.
    """
    if len(text) > MAX_TEXT_CHARACTERS:
        raise wrong(f"The text is longer than {MAX_TEXT_CHARACTERS} characters")
    try:
        # luqum takes `x:>-5` for a prohibited 5.
        return luqum_parse(_NEGATIVE.sub(r"\1\\-", text))
    except ParseError as error:
        raise _explained(str(error), text) from error
    except (ArithmeticError, ValueError) as error:  # `^1.2.3`, `"a b"~1.5`
        raise wrong("A boost (^) takes a number, a fuzzy word (~) 1 or 2, a phrase (~) a whole number") from error


def _explained(complaint: str, text: str) -> InvalidQuery:
    found = _POSITION.search(complaint)
    if found is None:
        return wrong(f"The text ends too early: {EXPECTED}, or a closing parenthesis is missing", len(text))
    position = _in_original(int(found[1]), text)
    rest = text[position:]
    sign = next((message for sign, message in _SIGNS.items() if rest.startswith(sign)), "")
    unexpected = shown(re.split(r"\s", rest, maxsplit=1)[0])
    return wrong(sign or f"Unexpected {unexpected}: {EXPECTED}", position)


def _in_original(position: int, text: str) -> int:
    """Where a position of the text that luqum saw was in the text that came."""
    added = sum(1 for i, found in enumerate(_NEGATIVE.finditer(text)) if found.end() + i < position)
    return position - added


def refused(word: str) -> str:
    """Why a word that luqum takes for plain is refused: an operator of Lucene that it does not know. Else empty."""
    if word in ("&&", "||"):
        return _SIGNS[word]
    return _SIGNS["!"] if word.startswith("!") and len(word) > 1 else ""


REGEX = _SIGNS["/"]
