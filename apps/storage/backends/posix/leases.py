"""Whether somebody writes a file, as the kernel knows it.

A read lease (fcntl(2)) is given only on a file that nobody has open for writing, by a descriptor or a memory map. It is
given back at once. Whoever opens the file for writing between the two calls waits so long, and with ``O_NONBLOCK`` is
refused; the other ways to know it (/proc of every process) cost seconds and see only one's own processes.
"""

from __future__ import annotations

import fcntl
import signal
from errno import EAGAIN

from apps.storage.backends.posix.file_systems import is_local
from apps.storage.backends.posix.folder import Folder


def is_being_written(folder: Folder, name: str) -> bool | None:
    """None on file systems that other machines write, and on files of others where the portal may not ask (it needs to
    own the file, or CAP_LEASE)."""
    try:
        with folder.reading(name) as file:
            return _is_lease_refused(file) if is_local(file) else None
    except BlockingIOError:  # a program that keeps a lease of its own writes it, such as Samba
        return True


def _is_lease_refused(file: int) -> bool | None:
    # Who opens the file in between is announced by a signal, and SIGIO would end the process; SIGURG does nothing.
    fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
    try:
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return True if error.errno == EAGAIN else None
    fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
