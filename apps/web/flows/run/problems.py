"""What went wrong with a run, in words, and what to do about it."""

from __future__ import annotations

from apps.flows.models import Run
from apps.web.flows.signs import CANCELED
from apps.web.tasks.states import Problem

_MEND = "Mend what it tells of, and drive the run again from here: what succeeded is not done again."
_DEFINITION = (
    "The definition does not fit the data. Correct it, save it as a new version, and drive the run again with that one."
)
_CONSENT = "If its owner lets the run go on, they let flows use this in their name."
_ADVICE = {
    CANCELED: "What was done stays. Drive it again to go on from where it was.",
    "ActionUnableToRun": "The action could not be begun. Its address, its body or the rights of its owner are not "
    f"as they must be. {_MEND}",
    "ActionFailedException": f"The action ended as failed. {_MEND}",
    "States.TaskFailed": f"The action ended as failed. {_MEND}",
    "ActionTimeout": "The action took longer than its WaitTime. Drive the run again, or first allow more time in a new "
    "version.",
    "States.Timeout": "It took longer than it may. Drive it again, or first allow more time in a new version.",
    "States.NoChoiceMatched": f"No choice holds, and there is no Default. {_DEFINITION}",
    "States.DataLimitExceeded": "The data of the run grew larger than is allowed. Keep them in files, and pass their "
    "paths; or start a new run for the rest.",
    "States.ExceedToleratedFailureThreshold": f"More items failed than may. {_MEND}",
    "NoTokenException": "The run has no leave to do this in the name of its owner any more. Start a new run.",
}
_OF_DEFINITIONS = ("States.",)


def problem_of(run: Run) -> Problem | None:
    """Why it failed, or what it waits for; None if nothing is wrong."""
    if run.halt is not None:
        message = run.halt.get("message") or run.halt.get("description") or "It waits for its owner."
        advice = _CONSENT if run.halt.get("required_scopes") else "Mend it, and let the run go on."
        return Problem(str(message), advice, ", ".join(map(str, run.halt.get("required_scopes") or ())))
    if not run.error_name:
        return None
    return Problem(run.error_cause or "It gave no reason.", advice_on(run.error_name), run.error_name)


def advice_on(error: str) -> str:
    if error in _ADVICE:
        return _ADVICE[error]
    if error.startswith(_OF_DEFINITIONS):
        return _DEFINITION
    return f"The flow ends so by its definition, or an action calls this by a name of its own. {_MEND}"
