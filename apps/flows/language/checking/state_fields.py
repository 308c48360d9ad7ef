"""Which fields each type of state has. An ``Action`` and a ``Task`` are the same by two names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from apps.flows.language.checking.choosing import choices
from apps.flows.language.checking.fields import JSONATA, JSONPATH, Field, Shape, numbers
from apps.flows.language.checking.handling import CATCHER, RETRIER, list_of
from apps.flows.language.checking.items import BATCHER, label, reader, writer
from apps.flows.language.checking.kinds import (
    action_url,
    anything,
    boolean,
    comment,
    name,
    number,
    one_of,
    resource,
    run_as,
    text,
    timestamp,
)
from apps.flows.language.checking.values import (
    assignments,
    items,
    object_template,
    path,
    path_or_function,
    path_or_null,
    target,
    template,
)
from apps.flows.language.definition import QueryLanguage

YEAR_S = 31_536_000


_ALL = {
    "Type": Field(text),
    "Comment": Field(comment),
    "QueryLanguage": Field(one_of(*QueryLanguage)),
}
_DATA = {
    **_ALL,
    "InputPath": Field(path_or_null, JSONPATH),
    "OutputPath": Field(path_or_null, JSONPATH),
    "Output": Field(template, JSONATA),
}
_GOES_ON = {**_DATA, "Assign": Field(assignments), "Next": Field(name), "End": Field(boolean)}
_RESULT = {**_GOES_ON, "Parameters": Field(object_template, JSONPATH), "ResultPath": Field(target, JSONPATH)}
_WORKS = {
    **_RESULT,
    "Arguments": Field(template, JSONATA),
    "ResultSelector": Field(object_template, JSONPATH),
    "Retry": Field(list_of(RETRIER, of_asl=True)),
    "Catch": Field(list_of(CATCHER)),
}

_HANDLER = Shape({"Type": Field(one_of("RegisteredAPI")), "Id": Field(name)}, required=("Type", "Id"))

ACTION = Shape(
    {
        **_WORKS,
        "ActionUrl": Field(action_url),
        "Resource": Field(resource),
        "Handler": Field(_HANDLER.check),
        "ActionScope": Field(text),
        "RunAs": Field(run_as),
        "WaitTime": Field(number(1, YEAR_S)),
        **numbers("TimeoutSeconds", 1),
        **numbers("HeartbeatSeconds", 1),
        "ExceptionOnActionFailure": Field(boolean),
        "Credentials": Field(template),
    },
    one_of=(("ActionUrl", "Resource", "Handler"),),
    at_most_one=(
        ("WaitTime", "TimeoutSeconds", "TimeoutSecondsPath"),
        ("HeartbeatSeconds", "HeartbeatSecondsPath"),
    ),
)

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "Action": ACTION,
        "Task": ACTION,
        "Pass": Shape({**_RESULT, "Result": Field(anything, JSONPATH)}),
        "ExpressionEval": Shape(_RESULT, required=("Parameters",)),
        "Wait": Shape(
            {
                **_GOES_ON,
                **numbers("Seconds", 0, YEAR_S),
                "Timestamp": Field(timestamp),
                "TimestampPath": Field(path, JSONPATH),
            },
            one_of=(("Seconds", "SecondsPath", "Timestamp", "TimestampPath"),),
        ),
        "Choice": Shape(
            {**_DATA, "Assign": Field(assignments), "Choices": Field(choices), "Default": Field(name)},
            required=("Choices",),
        ),
        "Succeed": Shape(_DATA),
        "Fail": Shape(
            {
                **_ALL,
                "Error": Field(text),
                "Cause": Field(text),
                "ErrorPath": Field(path_or_function, JSONPATH),
                "CausePath": Field(path_or_function, JSONPATH),
            },
            at_most_one=(("Error", "ErrorPath"), ("Cause", "CausePath")),
        ),
        "Parallel": Shape({**_WORKS, "Branches": Field(anything)}, required=("Branches",)),
        "Map": Shape(
            {
                **{name: field for name, field in _WORKS.items() if name != "Arguments"},
                "ItemProcessor": Field(anything),
                "Iterator": Field(anything),
                "ItemsPath": Field(path, JSONPATH),
                "Items": Field(items, JSONATA),
                "ItemSelector": Field(template),
                "ItemBatcher": Field(BATCHER.check),
                "ItemReader": Field(reader),
                "ResultWriter": Field(writer),
                "Label": Field(label),
                **numbers("MaxConcurrency", 0),
                **numbers("ToleratedFailureCount", 0),
                **numbers("ToleratedFailurePercentage", 0, 100, is_whole=False),
            },
            one_of=(("ItemProcessor", "Iterator"),),
            at_most_one=(
                ("ItemSelector", "Parameters"),
                ("MaxConcurrency", "MaxConcurrencyPath"),
                ("ToleratedFailureCount", "ToleratedFailureCountPath"),
                ("ToleratedFailurePercentage", "ToleratedFailurePercentagePath"),
            ),
        ),
    }
)
