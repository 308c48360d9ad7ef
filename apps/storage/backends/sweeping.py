"""How a storage with folders finds what uploads left behind in them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from apps.storage.errors import AccessDenied, IllegalPath, NoSuchFile, NotAFile, NotAFolder
from apps.storage.types import FilePath

_NOT_OURS = (NoSuchFile, AccessDenied, NotAFolder, NotAFile, IllegalPath)
"""What a folder is that went meanwhile, that the portal may not look into, or that is too deep for a path: nothing of
an upload can be done there either."""


def sweep(folder: FilePath, one: Callable[[FilePath], tuple[int, list[str]]]) -> int:
    """Do ``one`` to a folder and to all below it, and add up what it found; it tells which folders are inside."""
    found, folders = 0, [folder]
    while folders:
        here = folders.pop()
        with suppress(*_NOT_OURS):
            count, names = one(here)
            found += count
            folders += [here / name for name in names]
    return found
