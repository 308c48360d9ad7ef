"""Folders in which calls work. Who was killed leaves one behind; the next to make one takes it away."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

LOCK = ".lock"


@contextmanager
def working_folder() -> Iterator[Path]:
    """An empty folder, for as long as the block lasts; the system lets go of its lock when this process dies."""
    root = settings.HOME / "computing"
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    folder = root / uuid.uuid4().hex
    lock = _lock(root / f"{folder.name}{LOCK}")
    assert lock is not None  # nobody else knows the name
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _remove(folder, lock)


def _lock(file: Path) -> int | None:
    """A descriptor that holds the lock, or None: somebody has it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(root: Path) -> None:
    """Others may do the same at the same time, and be quicker."""
    for file in root.glob(f"*{LOCK}"):
        lock = _lock(file)
        if lock is not None:
            _remove(file.with_suffix(""), lock)


def _remove(folder: Path, lock: int) -> None:
    """The lock goes last: until then nobody else has anything to remove."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_name(f"{folder.name}{LOCK}").unlink(missing_ok=True)
    os.close(lock)
