"""What ``stat`` says, as an entry."""

from __future__ import annotations

import grp
import os
import pwd
import stat
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from apps.storage.types import Entry, EntryKind, FilePath

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def entry_of(path: FilePath, told: os.stat_result, *, target: str = "") -> Entry:
    kind = kind_of(told)
    return Entry(
        path=path,
        kind=kind,
        size=told.st_size if kind is EntryKind.FILE else 0,
        modified_at=_instant(told.st_mtime_ns),
        version=version_of(told),
        mode=f"{stat.S_IMODE(told.st_mode):04o}",
        owner=_user(told.st_uid),
        group=_group(told.st_gid),
        target=target,
    )


def kind_of(told: os.stat_result) -> EntryKind:
    match stat.S_IFMT(told.st_mode):
        case stat.S_IFREG:
            return EntryKind.FILE
        case stat.S_IFDIR:
            return EntryKind.FOLDER
        case stat.S_IFLNK:
            return EntryKind.LINK
    return EntryKind.OTHER


def version_of(told: os.stat_result) -> str:
    """The time of change (ctime) is in it, since anybody may set the other one back."""
    return f"{told.st_ino:x}-{told.st_size:x}-{told.st_mtime_ns:x}-{told.st_ctime_ns:x}"


def nanoseconds(instant: datetime) -> int:
    """Since 1970, exactly: a float is some hundred nanoseconds off."""
    return (instant - _EPOCH) // _MICROSECOND * 1000


def _instant(nanoseconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:  # a file system may hold the year 10000, and Python may not
        return None


@lru_cache(maxsize=4096)
def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


@lru_cache(maxsize=4096)
def _group(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
