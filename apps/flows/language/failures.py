"""How a state fails: an error by the name that ``Catch`` and ``Retry`` know, and a sentence for people."""

from __future__ import annotations

from enum import StrEnum


class ErrorName(StrEnum):
    """The names that evaluation itself gives. Actions and ``Fail`` states bring names of their own."""

    RUNTIME = "States.Runtime"
    PARAMETER_PATH = "States.ParameterPathFailure"
    RESULT_PATH = "States.ResultPathMatchFailure"
    INTRINSIC = "States.IntrinsicFailure"
    QUERY = "States.QueryEvaluationError"


class StateFailure(Exception):
    """A state failed. ``error`` is a name such as ``States.Runtime``, ``cause`` a sentence that says why."""

    def __init__(self, error: str, cause: str) -> None:
        super().__init__(error, cause)  # both, so that it survives pickling
        self.error = str(error)
        self.cause = cause

    def __str__(self) -> str:
        return f"{self.error}: {self.cause}"


def shown(text: object) -> str:
    """A piece of a definition as causes quote it: in back-quotes, and cut, since it may be a megabyte."""
    whole = str(text)
    return f"`{whole[:120]}…`" if len(whole) > 120 else f"`{whole}`"
