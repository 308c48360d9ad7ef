"""The choices of a ``Choice``: rules of JSONPath, or conditions of JSONata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.fields import Field, Shape
from apps.flows.language.checking.kinds import comment, name, wrong
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.values import assignments, condition, template
from apps.flows.language.choices import check_rule
from apps.flows.language.definition import QueryLanguage
from apps.flows.language.finding import Finding

_CONDITION = Shape(
    {
        "Condition": Field(condition),
        "Next": Field(name),
        "Assign": Field(assignments),
        "Output": Field(template),
        "Comment": Field(comment),
    },
    required=("Condition", "Next"),
)


def choices(value: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield wrong(spot, "a list of rules", value)
        return
    if not value:
        yield spot.error(Code.EMPTY, "`Choices` is empty. Add a rule, or make this a `Pass` state.")
    for place, each in enumerate(value):
        yield from _choice(each, spot.within(place))


def _choice(value: Any, spot: Spot) -> Iterator[Finding]:
    if spot.language is QueryLanguage.JSONATA:
        yield from _CONDITION.check(value, spot)
        return
    yield from check_rule(value, spot.pointer, spot.dialect)
    yield from _way(value, spot)


def _way(value: Any, spot: Spot) -> Iterator[Finding]:
    """What a choice has besides its rule."""
    if not isinstance(value, dict):
        return
    if "Next" in value:
        yield from name(value["Next"], spot.within("Next"))
    else:
        yield spot.error(Code.MISSING_FIELD, "`Next` is missing. Name the state to go to if this rule holds.")
    if "Assign" in value:
        yield from assignments(value["Assign"], spot.within("Assign"))
    if "Comment" in value:
        yield from comment(value["Comment"], spot.within("Comment"))
    if "Output" in value:
        message = "`Output` is of JSONata, but JSONPath is spoken here. Set `QueryLanguage`."
        yield spot.within("Output").error(Code.WRONG_LANGUAGE, message)
