"""From the errors of the operating system to ours: one table."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from apps.common.errors import PortalError
from apps.storage import errors

FAILURES: dict[int | None, type[PortalError]] = {
    errno.ENOENT: errors.NoSuchFile,
    errno.ENOTDIR: errors.NotAFolder,
    errno.EISDIR: errors.NotAFile,
    errno.ELOOP: errors.NotAFile,
    errno.ENXIO: errors.NotAFile,
    errno.EEXIST: errors.AlreadyThere,
    errno.ENOTEMPTY: errors.FolderNotEmpty,
    errno.EACCES: errors.AccessDenied,
    errno.EPERM: errors.AccessDenied,
    errno.EROFS: errors.AccessDenied,
    errno.EBUSY: errors.AccessDenied,
    errno.EXDEV: errors.Unsupported,
    errno.ENOSPC: errors.QuotaExceeded,
    errno.EDQUOT: errors.QuotaExceeded,
    errno.EFBIG: errors.QuotaExceeded,
    errno.EMLINK: errors.QuotaExceeded,
    errno.EINVAL: errors.IllegalPath,
    errno.EILSEQ: errors.IllegalPath,
    errno.ENAMETOOLONG: errors.IllegalPath,
}
_EXPLAINED = {
    errors.AccessDenied: "The operating system does not let the portal do this there. Ask whoever runs the portal.",
    errors.Unsupported: "The new place is on another file system. Copy it there, and delete it here.",
    errors.IllegalPath: "The file system cannot keep this name.",
}


@contextmanager
def in_our_words() -> Iterator[None]:
    """What the table does not know is the storage's own trouble. No path is told: a guest may not see the whole."""
    try:
        yield
    except OSError as error:
        kind = FAILURES.get(error.errno)
        if kind is None:
            raise errors.StorageAway(f"The storage does not work now: {error.strerror}. Try again later.") from error
        raise kind(_EXPLAINED.get(kind, "")) from error
