"""Small definitions, as data: each file is about one subject, and short where a subject allows it.

A case is named, has an ``input`` ({} if none is told; that of a run is an object, so that others are unwrapped by a
state in front), and one of

* ``states``: whole states, of which the first begins;
* ``pass``, ``map``, ``task``, ``wait``, ``fail``: the fields of the only state;
* ``rule``: of a choice between ``"yes"`` and ``"no"``;
* ``call``: an intrinsic function, whose result is the member ``it``;
* ``read``: how the items of a Map are read (``ReaderConfig``), with the ``file`` that they are read from, and ``with``
  more fields of the Map.

``language`` is JSONata where it is not JSONPath.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.flows.language.documents import parse
from tests.flows.moto.double import RESOURCE

FOLDER = Path(__file__).parent
RESULTS = {f"{word.title()}": {"Type": "Pass", "Result": word, "End": True} for word in ("yes", "no")}
ITEM = {"StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": True}}}
APART = {**ITEM, "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}
BUCKET, KEY = "bucket", "items"
GET = "arn:aws:states:::s3:getObject"
TYPES: dict[str, dict[str, Any]] = {
    "pass": {"Type": "Pass"},
    "wait": {"Type": "Wait"},
    "task": {"Type": "Task", "Resource": RESOURCE},
    "map": {"Type": "Map", "ItemProcessor": ITEM},
}


@dataclass(frozen=True)
class Case:
    name: str
    definition: dict[str, Any]
    input: Any
    file: str | None = None
    """Of the name ``KEY`` in ``BUCKET``: a collection, or a bucket of Amazon S3."""


def all_cases() -> list[Case]:
    return [
        _case(f"{file.stem}: {name}", told)
        for file in sorted(FOLDER.glob("*.yaml"))
        for name, told in parse(file.read_text()).items()
    ]


def _case(name: str, told: dict[str, Any]) -> Case:
    states, given = _states(told), told.get("input", {})
    if not isinstance(given, dict):
        unwrap = {"Type": "Pass", "Parameters": {"it.$": "$.it"}, "OutputPath": "$.it", "Next": next(iter(states))}
        states, given = {"Unwrap": unwrap, **states}, {"it": given}
    language = told.get("language", "JSONPath")
    definition = {
        "Comment": name,
        "QueryLanguage": language,
        "StartAt": next(iter(states)),
        "States": _with_tasks(states),
    }
    return Case(name, definition, given, told.get("file"))


def _states(told: dict[str, Any]) -> dict[str, Any]:
    if "states" in told:
        return dict(told["states"])
    if "rule" in told:
        choose = {"Type": "Choice", "Choices": [{**told["rule"], "Next": "Yes"}], "Default": "No"}
        return {"Choose": choose, **RESULTS}
    if "call" in told:
        return {"Call": {"Type": "Pass", "Parameters": {"it.$": told["call"]}, "End": True}}
    if "read" in told:
        reader = {"Resource": GET, "Parameters": {"Bucket": BUCKET, "Key": KEY}, "ReaderConfig": told["read"]}
        return {
            "Only": {**TYPES["map"], "ItemReader": reader, "ItemProcessor": APART, "End": True, **told.get("with", {})}
        }
    if "fail" in told:
        return {"Fail": {"Type": "Fail", **told["fail"]}}
    [kind] = set(TYPES) & set(told)
    caught = {"Caught": {"Type": "Pass", "End": True}} if "Catch" in told[kind] else {}
    return {"Only": {**TYPES[kind], **told[kind], "End": True}, **caught}


def _with_tasks(value: Any) -> Any:
    """``Type: Task`` alone is the double."""
    if isinstance(value, list):
        return [_with_tasks(member) for member in value]
    if not isinstance(value, dict):
        return value
    more = {"Resource": RESOURCE} if value.get("Type") == "Task" else {}
    return {**more, **{name: _with_tasks(member) for name, member in value.items()}}
