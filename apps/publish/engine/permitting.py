"""Who may read the files of a version."""

from __future__ import annotations

from collections.abc import Collection

from apps.publish.engine.acting import as_publisher
from apps.publish.models import Version
from apps.storage import models as storage_models
from apps.storage import services as storage
from apps.storage.types import FilePath


def permit(version: Version, readers: tuple[str, ...] = ()) -> list[str]:
    """Let ``readers`` in, or those who see the main entry now; who they are."""
    if version.collection is None or version.folder is None:
        return []
    readers = readers or version.main.visible_to
    has_one = {rule.principal for rule in version.collection.rules.all() if rule.place == version.folder}
    with as_publisher(version) as publisher:
        for principal in readers:
            if principal not in has_one:
                storage.add_rule(
                    collection=version.collection,
                    actor=publisher,
                    principal=principal,
                    path=version.folder,
                    permissions="r",
                )
    return list(readers)


def rules_before(collection: storage_models.Collection | None, folder: FilePath | None) -> list[str]:
    """The ids of the rules on a folder and below it."""
    if collection is None or folder is None:
        return []
    return [str(rule.pk) for rule in collection.rules.all() if rule.place.is_within(folder)]


def forbid(version: Version) -> None:
    """Nobody is let in any more."""
    _remove(version, kept=())


def put_back(version: Version) -> None:
    """Nobody else is let in to the folder, or below it, than before."""
    _remove(version, kept=version.undo_json["rules"])


def _remove(version: Version, *, kept: Collection[str]) -> None:
    if version.collection is None or version.folder is None:
        return
    with as_publisher(version) as publisher:
        for rule in storage.rules_of(version.collection, actor=publisher):
            if rule.place.is_within(version.folder) and str(rule.pk) not in kept:
                storage.remove_rule(rule=rule, actor=publisher)
