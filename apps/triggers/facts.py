"""What happened in a folder, as templates see it: JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.triggers.models import SeenFile
from apps.triggers.paths import read_path
from apps.triggers.types import Files


def facts_of_files(files: Files, batch: Sequence[SeenFile]) -> dict[str, Any]:
    """``collection``; ``folder``, that is watched; ``files`` (``path``, ``name``, ``folder``, ``size``,
    ``modified_at``, ``groups``) in the order of paths; ``count`` and ``bytes`` of them; ``first``, the first of them;
    ``groups``: what all of the batch have in common of the names in the pattern."""
    told = [_file(files, row) for row in batch]
    shared = set.intersection(*(set(one["groups"].items()) for one in told))
    return {
        "collection": str(files.collection_id),
        "folder": files.path.folder,
        "files": told,
        "count": len(told),
        "bytes": sum(row.size for row in batch),
        "first": told[0],
        "groups": dict(sorted(shared)),
    }


def _file(files: Files, row: SeenFile) -> dict[str, Any]:
    path = row.place
    return {
        "path": str(path),
        "name": path.name,
        "folder": path.parent.folder,
        "size": row.size,
        "modified_at": row.modified_at.isoformat() if row.modified_at else None,
        "groups": read_path(files, path).groups,
    }
