"""What is done with the descriptor of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL, ENOSYS, EOPNOTSUPP, EXDEV

from apps.storage.backends.posix.calls import allocate

_MODE = 0o666
_AT_ONCE = 1 << 30
_UNABLE = {EINVAL, ENOSYS, EOPNOTSUPP, EXDEV}


@contextmanager
def opened(name: str, flags: int, folder: int | None = None) -> Iterator[int]:
    descriptor = os.open(name, flags, _MODE, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def reserve(file: int, size: int) -> None:
    """Take the room of a whole file now, so that a quota is met before anything was sent.

    A file system that cannot (NFS before 4.2, ZFS) tells when it is full.
    """
    if size == 0:
        return
    try:
        allocate(file, size)
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
        os.ftruncate(file, size)


def write_all(file: int, data: bytes | memoryview, start: int = 0) -> None:
    """``pwrite`` writes at most 2 GiB at once, and less if it likes."""
    rest = memoryview(data)
    while rest:
        written = os.pwrite(file, rest, start)
        rest, start = rest[written:], start + written


def copy_all(source: int, destination: int) -> None:
    """In the kernel, and on file systems that can (XFS, Btrfs, NFS 4.2) without the bytes being read at all."""
    try:
        while os.copy_file_range(source, destination, _AT_ONCE):
            pass
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
        while os.sendfile(destination, source, None, _AT_ONCE):
            pass
