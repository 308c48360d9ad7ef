r"""The patterns of ``StringMatches``: ``*`` is any run of characters; ``\*`` and ``\\`` stand for themselves."""

from __future__ import annotations

import re

from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.remembering import remembered

_PIECE = re.compile(r"\\(?P<escaped>[*\\])|(?P<star>\*)|(?P<open>\\)|(?P<plain>[^*\\]+)", re.DOTALL)


def check_pattern(pattern: str) -> str | None:
    """What is wrong with a pattern, in a sentence; None if nothing is."""
    try:
        _pieces(pattern)
    except StateFailure as failure:
        return failure.cause
    return None


def matches(text: str, pattern: str) -> bool:
    """Tell whether the whole text fits. Takes time in proportion to the text: no pattern makes it wander.

    Raises StateFailure, ``States.Runtime``, for a lone backslash in the pattern.
    """
    first, *rest = _pieces(pattern)
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:  # the earliest place is always good enough
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


@remembered
def _pieces(pattern: str) -> tuple[str, ...]:
    """The texts between the stars."""
    pieces = [""]
    for found in _PIECE.finditer(pattern):
        if found["open"]:
            advice = "Write `\\\\*` for a star and `\\\\\\\\` for a backslash (in JSON, each backslash is doubled)."
            raise StateFailure(ErrorName.RUNTIME, f"The pattern {shown(pattern)} has a lone backslash. {advice}")
        if found["star"]:
            pieces.append("")
        else:
            pieces[-1] += found["escaped"] or found["plain"]
    return tuple(pieces)
