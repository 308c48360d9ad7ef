"""Words with ``*`` and ``?`` of an advanced text. A backslash makes the next sign plain."""

from __future__ import annotations

import re
from itertools import groupby

from apps.search import analysis
from apps.search.forms.simple import Operator, join
from apps.search.types import Clause, Everything, Exists, Like, Nothing, Or, Phrase, Wildcard

_SIGN = re.compile(r"\\(.)|([*?])|(.)", re.DOTALL)
Sign = tuple[str, bool]
"""A character, and whether it is a wildcard."""


def signs(raw: str) -> list[Sign]:
    return [(found[0] or found[1] or found[2], bool(found[1])) for found in _SIGN.findall(raw)]


def plain(raw: str) -> str:
    """The text without its escapes."""
    return "".join(character for character, _ in signs(raw))


def stars(raw: str) -> int:
    return signs(raw).count(("*", True))


def has_wildcard(raw: str) -> bool:
    return any(is_wild for _, is_wild in signs(raw))


def clause(raw: str, path: str | None) -> Clause | None:
    """Words that match; with a path also a whole value that does. None if no word is in it."""
    if not raw.strip("*"):
        return Exists(path) if path else Everything()
    parts: list[Clause] = []
    for is_pattern, group in groupby(_words(raw), _is_pattern):
        if is_pattern:
            parts += [_pattern(word, path) for word in group]
        else:
            parts.append(Phrase(" ".join("".join(c for c, _ in word) for word in group), path))
    words = join(Operator.AND, parts) if parts else None
    if path is None or any(character in "*?" and not is_wild for character, is_wild in signs(raw)):
        return words  # ``Like`` has no way to write a plain star.
    whole = Like(path, plain(raw))
    return Or((words, whole)) if words else whole


def _words(raw: str) -> list[list[Sign]]:
    """What lies between the signs that part words; stars alone are no word."""
    runs = [list(run) for is_word, run in groupby(signs(raw), lambda s: s[1] or s[0].isalnum()) if is_word]
    return [run for run in runs if any(sign != ("*", True) for sign in run)]


def _is_pattern(word: list[Sign]) -> bool:
    return any(is_wild for _, is_wild in word)


def _pattern(word: list[Sign], path: str | None) -> Clause:
    folded = ""
    for is_wild, piece in groupby(word, lambda sign: sign[1]):
        letters = "".join(character for character, _ in piece)
        folded += letters if is_wild else "".join(analysis.words(letters))
    # More letters than a word may have fold to none, and a pattern of stars would match every word.
    return Wildcard(folded, path) if folded.strip("*") else Nothing()
