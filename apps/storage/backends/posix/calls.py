"""System calls that Python has no functions for, through ctypes: no library has to be built or installed for them.

Each fails with ``OSError``, and with ENOSYS where the kernel or the C library does not have it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from errno import ENOSYS

_LIBC = ctypes.CDLL(None, use_errno=True)
_OPENAT2 = 437  # on every architecture but Alpha; the C library of Debian 12 has no function for it
_IS_LINUX = sys.platform == "linux"

_NO_MAGIC_LINKS, _NO_LINKS, _BENEATH = 0x02, 0x04, 0x08
_NO_REPLACE = 1
_MOST_WORDS = 64  # ``struct statfs`` has 15 of them, or fewer


class _How(ctypes.Structure):
    _fields_ = [("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64)]


def open_beneath(folder: int, path: bytes, flags: int) -> int:
    """Open what is below an open folder, in one call of the kernel in which no link is followed, nor ``..``."""
    if not _IS_LINUX:
        raise OSError(ENOSYS, os.strerror(ENOSYS))
    how = _How(flags | os.O_CLOEXEC, 0, _BENEATH | _NO_LINKS | _NO_MAGIC_LINKS)
    return _checked(
        _LIBC.syscall(
            ctypes.c_long(_OPENAT2),
            ctypes.c_int(folder),
            ctypes.c_char_p(path),
            ctypes.byref(how),
            ctypes.c_size_t(ctypes.sizeof(how)),
        )
    )


def rename_without_replacing(old_folder: int, old: str, new_folder: int, new: str) -> None:
    """Rename, or fail with EEXIST; EINVAL from a file system that cannot tell in one step."""
    if not hasattr(_LIBC, "renameat2"):
        raise OSError(ENOSYS, os.strerror(ENOSYS))
    _checked(_LIBC.renameat2(old_folder, os.fsencode(old), new_folder, os.fsencode(new), _NO_REPLACE))


def allocate(file: int, size: int) -> None:
    """Take the room that a file will need. EOPNOTSUPP where the file system cannot.

    ``os.posix_fallocate`` then writes a byte to each block, which takes hours for a large file over a network.
    """
    if not hasattr(_LIBC, "fallocate64"):
        raise OSError(ENOSYS, os.strerror(ENOSYS))
    _checked(_LIBC.fallocate64(file, 0, ctypes.c_int64(0), ctypes.c_int64(size)))


def file_system(descriptor: int) -> int:
    """The number of the kind of file system that something open is on, as the kernel's magic.h has it. It is the first
    word of what ``fstatfs`` tells, and the only thing that ``os.fstatvfs`` leaves out."""
    told = (ctypes.c_ulong * _MOST_WORDS)()
    _checked(_LIBC.fstatfs(ctypes.c_int(descriptor), ctypes.byref(told)))
    return int(told[0])


def _checked(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
