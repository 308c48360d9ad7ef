"""How a run of either interpreter ended, in words that can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ended:
    """``output`` is JSON; ``pauses`` are the seconds that were waited, sorted. Causes of errors that the interpreter
    itself raises (``States.…``) are words of its own, and left out."""

    status: str
    output: str = ""
    error: str = ""
    cause: str = ""
    pauses: tuple[float, ...] = ()

    @classmethod
    def of(cls, *, status: str, output: Any, error: str, cause: str, pauses: Iterable[float]) -> Ended:
        has_output = status == "SUCCEEDED"
        return cls(
            status=status,
            output=json.dumps(_told(output), sort_keys=True) if has_output else "",
            error=error,
            cause="" if error.startswith("States.") else cause,
            pauses=tuple(sorted(round(pause, 1) for pause in pauses if pause >= 0.05)),
        )


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"Error", "Cause"} and str(value["Error"]).startswith("States."):
            return {"Error": value["Error"]}
        return {name: _told(member) for name, member in value.items()}
    return [_told(member) for member in value] if isinstance(value, list) else value
