"""What may become of a process. Each says what happened, and what of it the one who started it may change."""

from __future__ import annotations

from apps.common.errors import PortalError


class Failed(PortalError):
    """The process did not do what it was to do. Look at what it said."""

    code = "process.failed"


class TookTooLong(Failed):
    """The process took longer than it may, and was ended. Give it less to do, or raise its limit of time."""

    code = "process.took_too_long"


class NeededTooMuchMemory(Failed):
    """The process needed more memory than it may have. Give it less to do, or raise its limit of memory."""

    code = "process.needed_too_much_memory"


class SaidTooMuch(Failed):
    """The process said more than is taken, and was ended. Let it say less, or write it to a file."""

    code = "process.said_too_much"


class EndedBadly(Failed):
    """The process ended with another code than 0, or by a signal. Look at what it said."""

    code = "process.ended_badly"


class Raised(Failed):
    """The function raised an error. Look at what it said."""

    code = "process.raised"


class CannotStart(Failed):
    """The process could not be started: there is no such program or function."""

    code = "process.cannot_start"
