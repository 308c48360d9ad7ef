"""What may be meant by what is typed so far: its last word, written to the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apps.search.forms import simple
from apps.web.values import plural

LONGEST = 500
_LAST_WORD = re.compile(r"[^\W_]+\Z")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``q`` is the whole text with the word in it; ``typed`` is the beginning of the word, ``rest`` what follows."""

    q: str
    typed: str
    rest: str
    count: str


def is_askable(text: str) -> bool:
    """Whether the text ends in a word that may go on."""
    return len(text) <= LONGEST and _LAST_WORD.search(text) is not None


def build(text: str, found: Iterable[tuple[str, int]]) -> tuple[Suggestion, ...]:
    """``found`` are words, and in how many records each stands. The one that is there already is not suggested."""
    last = _LAST_WORD.search(text)
    if last is None:
        return ()
    folded = "".join(simple.read(last[0]).words[-1:])
    return tuple(
        Suggestion(
            q=text[: last.start()] + word,
            typed=word[: len(folded)],
            rest=word[len(folded) :],
            count=plural(count, "record", "records"),
        )
        for word, count in found
        if word != folded
    )
