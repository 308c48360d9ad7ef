"""The files of a version, as each caller may read them."""

from __future__ import annotations

from dataclasses import dataclass

from apps.access.services import Actor
from apps.publish.models import Version
from apps.storage import services as storage
from apps.storage.types import FilePath


@dataclass(frozen=True, slots=True)
class Held:
    """A file that one may read: where it is in the version's collection, and how large."""

    path: FilePath
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """``others`` are those that one may not read, of which no more is told than how many and how large together."""

    files: tuple[Held, ...] = ()
    others: int = 0
    others_bytes: int = 0

    @property
    def size_bytes(self) -> int:
        return sum(one.size_bytes for one in self.files)


def holdings_of(version: Version, *, actor: Actor) -> Holdings:
    """Those of a withdrawn version nobody is told of; nor are those of a collection that was deleted."""
    if version.state != Version.State.PUBLISHED or version.collection is None or not version.files_json:
        return Holdings()
    rights = storage.rights_of(actor, version.collection)
    files, others, others_bytes = [], 0, 0
    for told in version.files_json:
        held = Held(FilePath.from_key(told["path"]), told["size"])
        if rights.may("r", held.path):
            files.append(held)
        else:
            others, others_bytes = others + 1, others_bytes + held.size_bytes
    return Holdings(tuple(files), others, others_bytes)
