"""Ways into a folder below the root that no link leads out of, also none that is put there meanwhile.

A folder is opened from the root on, and all that is done in it is done with its descriptor and one last name. So what
is touched is in a folder that was below the root when it was opened, whatever became of its path since.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EAGAIN, ENOSYS, EPERM
from functools import cache

from apps.storage.backends.posix.calls import open_beneath

Way = Callable[[int, tuple[str, ...]], int]
"""From the descriptor of the root and names below it to a descriptor of the folder, of which the caller disposes.

Raises:
    OSError: ENOENT, ENOTDIR or ELOOP if it is not there, or if a name on the way is a link or a file.
"""

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | getattr(os, "O_PATH", os.O_RDONLY)
"""O_PATH asks for no right to list the folder, which going through it does not need either."""
_TRIES = 100


def by_one_call(root: int, names: tuple[str, ...]) -> int:
    """The kernel goes the whole way (openat2, Linux 5.6). It says EAGAIN while something on the way is renamed."""
    path = os.fsencode("/".join(names) or ".")
    for _ in range(_TRIES):
        try:
            return open_beneath(root, path, _FOLDER)
        except BlockingIOError as error:
            last = error
    raise OSError(EAGAIN, "the folders above are renamed all the time") from last


def by_walking(root: int, names: tuple[str, ...]) -> int:
    """Step by step, each from the folder before: on every kernel, a call for each name."""
    here = os.open(".", _FOLDER, dir_fd=root)
    for name in names:
        try:
            there = os.open(name, _FOLDER, dir_fd=here)
        finally:
            os.close(here)
        here = there
    return here


@cache
def best_way() -> Way:
    """What this kernel has. Sandboxes with older rules than the kernel answer EPERM to a call that they do not know."""
    root = os.open("/", _FOLDER)
    try:
        os.close(open_beneath(root, b".", _FOLDER))
    except OSError as error:
        if error.errno not in {ENOSYS, EPERM}:
            raise
        return by_walking
    finally:
        os.close(root)
    return by_one_call
