"""Regular expressions of the engine's own kind (Lucene's), which facets need."""

from __future__ import annotations


def escaped(text: str) -> str:
    """An expression for this text and no other."""
    return "".join(_plain(character) for character in text)


def in_any_case(text: str) -> str:
    """An expression for this text, ignoring case; there is no switch for that inside a facet."""
    return "".join(_any_case(character) for character in text)


def _plain(character: str) -> str:
    # A letter behind a backslash could be a class (\d); any other sign stands for itself.
    return character if character.isalnum() or not character.isascii() else "\\" + character


def _any_case(character: str) -> str:
    lower, upper = character.lower(), character.upper()
    forms = {character, lower, upper, lower.upper(), upper.lower(), character.casefold(), *_ALSO.get(lower, "")}
    return _plain(character) if len(forms) == 1 else f"({'|'.join(sorted(map(escaped, forms)))})"


_ALSO = {"k": "\u212a", "s": "ſ", "å": "\u212b", "ω": "\u2126", "σ": "ς", "ς": "σΣ", "μ": "µ", "ß": "ẞ"}
"""Rarer characters that are the same letter in lower case, or in upper."""
