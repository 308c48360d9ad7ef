"""What can go wrong with flows, runs and actions."""

from __future__ import annotations

from collections.abc import Sequence

from apps.common.errors import Conflict, Invalid, NotFound

UNFORESEEN = "The portal met an error of its own. Tell the administrator; the log of the worker says what it was."
"""Of a state, an action or a job that a defect of ours has ended."""


class NoSuchFlow(NotFound):
    """There is no such flow that you may see. Check the id, or ask for a role on it."""

    code = "FLOW_NOT_FOUND"


class NoSuchRun(NotFound):
    """There is no such run that you may see. Check the id, or ask its owner to make you a monitor."""

    code = "RUN_NOT_FOUND"


class NoSuchAction(NotFound):
    """There is no such action that you may see. Check the id."""

    code = "ActionNotFound"


class ActionConflict(Conflict):
    """The action is not in a state in which this can be done."""

    code = "ActionConflict"


class NoSuchProvider(NotFound):
    """There is no such action provider here. `/api/actions/` lists those that there are."""

    code = "ActionProviderNotFound"


class NoSuchFunction(NotFound):
    """There is no such function that you may run. Check its id or name, or ask an administrator."""

    code = "flows.no_such_function"


class NoSuchInput(NotFound):
    """There is no such request for input that you may see. Check the id."""

    code = "INPUT_NOT_FOUND"


class NoSuchIdentifier(NotFound):
    """There is no such identifier here. Check its name."""

    code = "flows.no_such_identifier"


class StateConflict(Conflict):
    """The run is not in a state in which this can be done."""

    code = "STATE_CONFLICT"


class TooDeep(Conflict):
    """Runs that start runs may be 10 deep. If a flow starts itself, let a Choice end that."""

    code = "flows.too_deep"


class Unprocessable(Invalid):
    """The document is not valid. Correct what is named and send it again."""

    code = "UNPROCESSABLE_ENTITY"

    def __init__(self, faults: Sequence[tuple[tuple[str | int, ...], str]]) -> None:
        """``faults`` are places (``("tags", 0)``) with sentences."""
        self.faults = list(faults)
        place, message = self.faults[0]
        super().__init__(message, place=".".join(map(str, place)))


class InvalidInput(Invalid):
    """The input is not what the flow asks for."""

    code = "FLOW_INPUT_ERROR"

    def __init__(self, faults: Sequence[tuple[str, str]], message: str = "") -> None:
        """``faults`` are places (``$.bool``) with sentences."""
        self.faults = list(faults)
        super().__init__(message or (self.faults[0][1] if self.faults else ""))
