"""Disks that are full, folders that nobody may write to, and storages that are gone: as the kernel says so."""

import ctypes
import os
import resource
from contextlib import ExitStack, contextmanager

FULL_AT = 64 << 20
"""In bytes: more than the tests' database has."""
_OVERRIDES = ~(1 << 1 | 1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


@contextmanager
def full_disk():
    """No file of this process grows beyond ``FULL_AT``.

    It is the one full disk that everybody can have: a file system of one's own takes the right to mount it, and a quota
    the right to set it, which neither containers nor people have; /dev/full holds no files. The kernel refuses what is
    written, as it does on those, and the portal knows its words as "no room" (EFBIG beside ENOSPC and EDQUOT).
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_AT, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def read_only(folder):
    """Nobody may write to a folder, or below it."""
    folders = [folder, *(one for one in folder.rglob("*") if one.is_dir())]
    for one in folders:
        one.chmod(0o555)
    try:
        with _as_anybody():
            yield
    finally:
        for one in folders:
            if one.exists():
                one.chmod(0o755)


@contextmanager
def gone(folder):
    """As if what was mounted there were not."""
    away = folder.rename(folder.with_name("away"))
    try:
        yield
    finally:
        away.rename(folder)


@contextmanager
def shut(gate):
    """Nobody gets through to a server."""
    gate.close()
    try:
        yield
    finally:
        gate.open()


class Away:
    """Something of the above that begins at one moment and ends at another."""

    def __init__(self):
        self._broken = ExitStack()

    def begin(self, broken):
        self._broken.enter_context(broken)

    def end(self):
        self._broken.close()


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Sets(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


@contextmanager
def _as_anybody():
    """Root is asked for permissions like everybody else: this thread, and those that it starts."""
    if os.geteuid() != 0:
        yield
        return
    libc, header, sets = ctypes.CDLL(None, use_errno=True), _Header(0x20080522, 0), (_Sets * 2)()
    assert libc.capget(ctypes.byref(header), sets) == 0
    had = sets[0].effective
    sets[0].effective = had & _OVERRIDES
    assert libc.capset(ctypes.byref(header), sets) == 0
    try:
        yield
    finally:
        sets[0].effective = had
        assert libc.capset(ctypes.byref(header), sets) == 0
