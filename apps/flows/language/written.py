"""A state as it is written, and how its fields are taken up. Nothing here checks: that was done before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # Any: JSON

from apps.flows.language.definition import ABSENT, Catcher, QueryLanguage, Retrier

JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """``pointer`` is where the state stands, ``language`` what its machine speaks if the state names no other."""

    name: str
    body: JSON
    pointer: str
    language: QueryLanguage

    @property
    def query_language(self) -> QueryLanguage:
        return QueryLanguage(self.body.get("QueryLanguage", self.language))

    def text(self, name: str, otherwise: str = "") -> str:
        return str(self.body.get(name, otherwise))

    def path(self, name: str) -> str | None:
        """A path that may be null, and is ``$`` unless told."""
        told: str | None = self.body.get(name, "$")
        return told

    def number(self, name: str) -> Any:  # Any: a number
        """None where it is found by a path or an expression."""
        told = self.body.get(name)
        return None if isinstance(told, str) else told

    def number_path(self, name: str) -> str:
        """The path or the expression in which the number is found."""
        told = self.body.get(name)
        return told if isinstance(told, str) else self.text(f"{name}Path")


def common(state: Written) -> dict[str, Any]:
    """What all states have."""
    body = state.body
    return {
        "name": state.name,
        "next": body.get("Next"),
        "comment": body.get("Comment") or "",
        "query_language": state.query_language,
        "input_path": state.path("InputPath"),
        "output_path": state.path("OutputPath"),
        "assign": body.get("Assign", {}),
        "output": body.get("Output", ABSENT),
    }


def working(state: Written) -> dict[str, Any]:
    """What the states have that may fail and be tried again."""
    body = state.body
    return {
        **common(state),
        "parameters": parameters_of(body),
        "result_selector": body.get("ResultSelector", ABSENT),
        "result_path": state.path("ResultPath"),
        "retries": tuple(_retrier(retrier) for retrier in body.get("Retry", ())),
        "catches": tuple(_catcher(catcher) for catcher in body.get("Catch", ())),
    }


def parameters_of(body: JSON) -> Any:
    return body.get("Arguments", body.get("Parameters", ABSENT))


def _retrier(body: JSON) -> Retrier:
    return Retrier(
        errors=tuple(body["ErrorEquals"]),
        interval_s=body.get("IntervalSeconds", 1),
        max_attempts=body.get("MaxAttempts", 3),
        backoff_rate=body.get("BackoffRate", 2),
        max_delay_s=body.get("MaxDelaySeconds"),
        is_jittered=body.get("JitterStrategy") == "FULL",
    )


def _catcher(body: JSON) -> Catcher:
    return Catcher(
        errors=tuple(body["ErrorEquals"]),
        next=body["Next"],
        result_path=body.get("ResultPath", "$"),
        assign=body.get("Assign", {}),
        output=body.get("Output", ABSENT),
    )
