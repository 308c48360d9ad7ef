"""The names of errors that both languages have. Flows may have more of their own."""

from __future__ import annotations

from apps.flows.language.checking.suggestions import did_you_mean, nearest
from apps.flows.language.failures import shown

ALL = frozenset({"States.ALL", "States.All"})
FAILED = "ActionFailedException"
_PREFIX = "States."
_KNOWN = (
    *("ActionUnableToRun", FAILED, "ActionTimeout", "NoTokenException"),
    *("States.ALL", "States.All", "States.Runtime", "States.Timeout", "States.TaskFailed", "States.Permissions"),
    *("States.HeartbeatTimeout", "States.DataLimitExceeded", "States.BranchFailed", "States.NoChoiceMatched"),
    *("States.IntrinsicFailure", "States.ParameterPathFailure", "States.ResultPathMatchFailure"),
    *("States.ExceedToleratedFailureThreshold", "States.ItemReaderFailed", "States.ResultWriterFailed"),
    "States.QueryEvaluationError",
)
_OF_STATES = tuple(name.removeprefix(_PREFIX) for name in _KNOWN if name.startswith(_PREFIX))
_NEAR = 0.8  # names of one's own may be like these


def error_trouble(name: str) -> str:
    """What is wrong with a name that looks like a known one and is none; nothing for names of one's own."""
    if name in _KNOWN:
        return ""
    if not name.startswith(_PREFIX):
        hint = did_you_mean(name, _KNOWN, _NEAR)
        return hint and f"There is no error {shown(name)}.{hint}"
    near = nearest(name.removeprefix(_PREFIX), _OF_STATES, _NEAR)
    hint = f"Did you mean {shown(_PREFIX + near)}?" if near else f"Names of your own do not begin with `{_PREFIX}`."
    return f"There is no error {shown(name)}. {hint}"
