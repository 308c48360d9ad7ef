"""Folders, made with those above them."""

from __future__ import annotations

from contextlib import suppress

from apps.storage.errors import AlreadyThere, NotAFolder
from apps.storage.services.files import OpenCollection
from apps.storage.types import FilePath


def make_folders(files: OpenCollection, folder: FilePath) -> list[FilePath]:
    """Make a folder and those above it that are missing; these.

    Raises:
        AccessDenied. NotAFolder: something else has its name.
    """
    missing = []
    while folder.names and (found := files.find(folder)) is None:
        missing.append(folder)
        folder = folder.parent
    if folder.names and found is not None and not found.is_folder:
        raise NotAFolder(f"{folder} is no folder, and one is needed there.")
    made = []
    for one in reversed(missing):
        with suppress(AlreadyThere):  # another was quicker
            files.make_folder(one)
            made.append(one)
    return made
