"""What went wrong with one line of the ledger, and whether trying again can help."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from apps.common.errors import Invalid, PortalError
from apps.storage import errors
from apps.transfer.errors import WrongChecksum
from apps.transfer.models import File

CODES: dict[type[Exception], str] = {
    errors.NoSuchFile: "FILE_NOT_FOUND",
    errors.AccessDenied: "PERMISSION_DENIED",
    errors.NotAFile: "NOT_A_FILE",
    errors.NotAFolder: "NOT_A_DIRECTORY",
    errors.AlreadyThere: "EXISTS",
    errors.IllegalPath: "INVALID_PATH_NAME",
    errors.FolderNotEmpty: "DIRECTORY_NOT_EMPTY",
    errors.Unsupported: "NOT_SUPPORTED",
    errors.QuotaExceeded: "QUOTA_EXCEEDED",
    errors.Changed: "FILE_CHANGED",
    errors.ChecksumMismatch: "VERIFY_CHECKSUM",
    errors.SignInFailed: "AUTH",
    errors.StorageAway: "ENDPOINT_ERROR",
    Invalid: "NOT_SUPPORTED",
}
"""The nearest class above an error counts."""
FINAL = (
    errors.NoSuchFile,
    errors.AccessDenied,
    errors.NotAFile,
    errors.NotAFolder,
    errors.AlreadyThere,
    errors.FolderNotEmpty,
    WrongChecksum,
    Invalid,
)
"""These stay as they are until somebody does something about them."""
SKIPPED = (errors.NoSuchFile, errors.AccessDenied)
"""What ``skip_source_errors`` is about."""
PATIENT = (errors.QuotaExceeded, errors.SignInFailed, errors.StorageAway)
"""These pass by themselves, or by somebody's help: they are tried until the task's deadline."""
MOST_ATTEMPTS = 5
LONGEST_WAIT_S = 300.0


class Fault(Exception):
    """An error, and at which end it was."""

    def __init__(self, error: Exception, *, of_source: bool) -> None:
        super().__init__(str(error))
        self.error, self.of_source = error, of_source

    def __reduce__(self) -> tuple[Any, ...]:
        """As helpers tell of it: the class takes more than its message."""
        return partial(Fault, of_source=self.of_source), (self.error,)

    @property
    def code(self) -> str:
        return next((CODES[one] for one in type(self.error).__mro__ if one in CODES), "UNKNOWN")

    @property
    def message(self) -> str:
        if isinstance(self.error, PortalError):
            return self.error.message
        return f"{type(self.error).__name__}: {self.error}"

    def is_final(self, attempts: int) -> bool:
        """Whether trying again is no use, after so many attempts."""
        return isinstance(self.error, FINAL) or (not isinstance(self.error, PATIENT) and attempts >= MOST_ATTEMPTS)

    @property
    def may_be_skipped(self) -> bool:
        return self.of_source and isinstance(self.error, SKIPPED)

    @property
    def is_of_storage(self) -> bool:
        """Whether other files have it, too."""
        return isinstance(self.error, PATIENT)


@contextmanager
def of_source() -> Iterator[None]:
    """What goes wrong inside was at the source."""
    try:
        yield
    except PortalError as error:
        raise Fault(error, of_source=True) from error


@contextmanager
def of_destination() -> Iterator[None]:
    """What goes wrong inside was at the destination."""
    try:
        yield
    except PortalError as error:
        raise Fault(error, of_source=False) from error


def require_checksum(line: File) -> None:
    """
    Raises:
        Fault: the file has another checksum than the submission says.
    """
    if line.wanted_checksum and line.checksum != line.wanted_checksum.lower():
        told = f"{line.source} has the {line.algorithm} checksum {line.checksum}, and {line.wanted_checksum} was told."
        raise Fault(WrongChecksum(told), of_source=True)


def pause_after(attempts: int) -> timedelta:
    """How long to wait before the next attempt: longer each time, and not all at the same moment."""
    longest = min(LONGEST_WAIT_S, 2.0 ** min(attempts, 20))
    return timedelta(seconds=longest * random.uniform(0.5, 1.0))  # noqa: S311 - nothing is kept secret by it
