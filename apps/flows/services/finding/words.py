"""Rows that hold one of several words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

Words = tuple[str, ...]


def contains(column: str, words: Sequence[str]) -> Q:
    return any_of(words, lambda word: Q(**{f"{column}__icontains": word}))


def any_of(words: Sequence[str], found: Callable[[str], Q]) -> Q:
    return reduce(or_, map(found, words), Q())
