"""Names that storages use for files on their way in. Nobody sees or names them; an upload's own calls alone do."""

from __future__ import annotations

import uuid
from collections.abc import Container

from apps.storage.errors import IllegalPath
from apps.storage.types import FilePath

HIDDEN = ".vitrine-"
TOKEN = 32
"""Signs of a token, which come next in such a name."""


def new_token() -> str:
    return uuid.uuid4().hex


def hidden_beside(path: FilePath, token: str) -> FilePath:
    """In the same folder, so that the rename to ``path`` stays on one file system."""
    return path.parent / f"{HIDDEN}{token}.part"


def is_hidden(name: str) -> bool:
    return name.startswith(HIDDEN)


def is_stray(name: str, kept: Container[str]) -> bool:
    """Whether it is hidden, and of no upload that is kept."""
    return is_hidden(name) and name.removeprefix(HIDDEN)[:TOKEN] not in kept


def refuse_hidden(path: FilePath) -> None:
    """
    Raises:
        IllegalPath: a name of it is one of these.
    """
    if any(is_hidden(name) for name in path.names):
        raise IllegalPath(f"Names that begin with `{HIDDEN}` are the portal's own. Choose another.")
