"""Spans of time as ISO 8601 writes them: ``P30D``, ``PT1H30M``."""

from __future__ import annotations

import re
from datetime import timedelta

from apps.common.errors import Invalid

_DAY_S = 86_400
_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_WRITTEN = re.compile(
    rf"P(?!$)(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?\Z",
    re.ASCII,
)
_SECONDS = (365 * _DAY_S, 30 * _DAY_S, 7 * _DAY_S, _DAY_S, 3600, 60, 1)
"""Of years and months, which have no length of their own, as many as come close."""


def duration_in(told: str, place: str) -> timedelta:
    """
    Raises:
        Invalid: it is no span of time, or one that nobody lives to see the end of.
    """
    found = _WRITTEN.match(told)
    if found is None:
        raise Invalid("Write a span of time as ISO 8601 does, such as P30D or PT1H.", place=place)
    seconds = sum(float(number) * each for number, each in zip(found.groups(), _SECONDS, strict=True) if number)
    try:
        return timedelta(seconds=seconds)
    except OverflowError as error:
        raise Invalid("This is longer than time itself. Write a shorter one.", place=place) from error


def duration_text(seconds: int) -> str:
    days, rest = divmod(seconds, _DAY_S)
    return f"P{days}D" if not rest else f"PT{seconds}S"
