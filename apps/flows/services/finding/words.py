"""Rows that hold one of several words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

Words = tuple[str, ...]


def contains(column: str, words: Sequence[str]) -> Q:
    return any_of(words, lambda word: Q(**{f"{column}__icontains": word}))


def contains_in_json(column: str, words: Sequence[str], *, whole: bool) -> Q:
    """As ``contains``, of a column of JSON, where a word stands as it is or with escapes. ``whole``: the whole text."""

    def found(word: str) -> Q:
        spelled = {text if whole else text[1:-1] for text in (json.dumps(word), json.dumps(word, ensure_ascii=False))}
        return contains(column, sorted(spelled))

    return any_of(words, found)


def any_of(words: Sequence[str], found: Callable[[str], Q]) -> Q:
    return reduce(or_, map(found, words), Q())
