"""Regular expressions of the engine's own kind (Lucene's), which facets need.

The engine walks an expression by recursion, a level a character: a long one overflows its stack, and that ends the
whole server. So expressions stay under its own limit (``index.max_regex_length``), which must not be raised.
"""

from __future__ import annotations

from apps.search.errors import QueryTooExpensive

MAX_CHARACTERS = 1000


def escaped(text: str) -> str:
    """An expression for this text and no other."""
    return "".join(_plain(character) for character in text)


def containing(text: str) -> str:
    """An expression for all that holds this text, ignoring case; there is no switch for that inside a facet.

    Raises:
        QueryTooExpensive: the text is longer than some two hundred characters.
    """
    expression = f".*{''.join(_any_case(character) for character in text)}.*"
    if len(expression) > MAX_CHARACTERS:
        raise QueryTooExpensive("`contains` is too long. Search for a shorter part of the value.", place="contains")
    return expression


def _plain(character: str) -> str:
    # A letter behind a backslash could be a class (\d); any other sign stands for itself.
    return character if character.isalnum() or not character.isascii() else "\\" + character


def _any_case(character: str) -> str:
    lower, upper = character.lower(), character.upper()
    forms = {character, lower, upper, lower.upper(), upper.lower(), character.casefold(), *_ALSO.get(lower, "")}
    return _plain(character) if len(forms) == 1 else f"({'|'.join(sorted(map(escaped, forms)))})"


_ALSO = {"k": "\u212a", "s": "ſ", "å": "\u212b", "ω": "\u2126", "σ": "ς", "ς": "σΣ", "μ": "µ", "ß": "ẞ"}
"""Rarer characters that are the same letter in lower case, or in upper."""
