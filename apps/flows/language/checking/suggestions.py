"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from apps.flows.language.failures import shown

_LONGEST = 80  # comparing costs the product of the lengths


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """`` Did you mean `x`?``, with the blank before it, or nothing."""
    near = nearest(word, tuple(known), cutoff)
    return f" Did you mean {shown(near)}?" if near else ""


@lru_cache(maxsize=4096)
def nearest(word: str, known: tuple[str, ...], cutoff: float = 0.7) -> str:
    """The likeliest of the known words; nothing where none is like it."""
    if len(word) > _LONGEST:
        return ""
    spellings = {each.lower(): each for each in known if len(each) <= _LONGEST}
    return next((spellings[near] for near in get_close_matches(word.lower(), spellings, n=1, cutoff=cutoff)), "")


def listed(names: Iterable[str], last: str = "or") -> str:
    """``a, b or c``, each in back-quotes."""
    told = [f"`{name}`" for name in names]
    return f" {last} ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
