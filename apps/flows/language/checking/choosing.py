"""The choices of a ``Choice``: rules of JSONPath, or conditions of JSONata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.fields import Field, Shape
from apps.flows.language.checking.kinds import comment, name, wrong
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.values import condition, object_template, template
from apps.flows.language.choices import check_rule
from apps.flows.language.definition import QueryLanguage
from apps.flows.language.finding import Finding

_CONDITION = Shape(
    {
        "Condition": Field(condition),
        "Next": Field(name),
        "Assign": Field(object_template),
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
    if isinstance(value, dict) and "Assign" in value:
        yield from object_template(value["Assign"], spot.within("Assign"))
