"""``Retry`` and ``Catch``: which errors are named, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.fields import JSONATA, JSONPATH, Field, Shape
from apps.flows.language.checking.kinds import comment, kind_of, name, number, one_of, wrong
from apps.flows.language.checking.spot import Kind, Spot
from apps.flows.language.checking.values import assignments, target, template
from apps.flows.language.finding import Finding

ALL = "States.ALL"
_MOST_SECONDS = 31_622_400  # a year, of the longest kind
_MOST_ATTEMPTS = 99_999_999


def errors(*, of_asl: bool = False) -> Kind:
    """The names of ``ErrorEquals``. Globus' own flows may have more beside ``States.ALL``; what is ``of_asl`` may not,
    nor may anything where that is spoken."""

    def check(value: Any, spot: Spot) -> Iterator[Finding]:
        if not isinstance(value, list):
            yield wrong(spot, "a list of names of errors", value)
            return
        if not value:
            yield spot.error(Code.EMPTY, "`ErrorEquals` is empty. Name an error, or `States.ALL` for any.")
        for place, each in enumerate(value):
            if not isinstance(each, str):
                message = f"An error is named by a string, not by {kind_of(each)}."
                yield spot.within(place).error(Code.WRONG_KIND, message)
        if ALL in value and len(value) > 1 and (of_asl or spot.is_asl):
            message = "`States.ALL` stands for every error. Leave it alone in its list."
            yield spot.error(Code.ALL_NOT_ALONE, message)

    return check


CATCHER = Shape(
    {
        "ErrorEquals": Field(errors()),
        "Next": Field(name),
        "ResultPath": Field(target, JSONPATH),
        "Assign": Field(assignments),
        "Output": Field(template, JSONATA),
        "Comment": Field(comment),
    },
    required=("ErrorEquals", "Next"),
)

RETRIER = Shape(
    {
        "ErrorEquals": Field(errors(of_asl=True)),
        "IntervalSeconds": Field(number(1, _MOST_SECONDS)),
        "MaxAttempts": Field(number(0, _MOST_ATTEMPTS)),
        "BackoffRate": Field(number(1, is_whole=False)),
        "MaxDelaySeconds": Field(number(1, _MOST_SECONDS)),
        "JitterStrategy": Field(one_of("FULL", "NONE")),
        "Comment": Field(comment),
    },
    required=("ErrorEquals",),
)


def list_of(shape: Shape, *, of_asl: bool = False) -> Kind:
    """Retriers or catchers, in the order in which they are tried."""

    def check(value: Any, spot: Spot) -> Iterator[Finding]:
        if not isinstance(value, list):
            yield wrong(spot, "a list", value)
            return
        for place, each in enumerate(value):
            yield from shape.check(each, spot.within(place))
            if place < len(value) - 1 and (of_asl or spot.is_asl) and _takes_all(each):
                yield spot.within(place).error(
                    Code.ALL_NOT_LAST, "`States.ALL` leaves nothing for what follows. Put it last."
                )

    return check


def _takes_all(handler: Any) -> bool:
    told = handler.get("ErrorEquals") if isinstance(handler, dict) else None
    return isinstance(told, list) and ALL in told
