"""Who may read the files of a version."""

from __future__ import annotations

from apps.publish.models import Version
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath


def permit(version: Version) -> list[str]:
    """Let those in who see the main entry now; who they are."""
    if version.collection is None or version.folder is None:
        return []
    [main] = [part for part in version.parts if not part.entry_id]
    has_one = {rule.principal for rule in version.collection.rules.all() if rule.place == version.folder}
    for principal in main.visible_to:
        if principal in has_one:
            continue
        storage.add_rule(
            collection=version.collection,
            actor=version.submission.form.publisher,
            principal=principal,
            path=version.folder,
            permissions="r",
        )
    return list(main.visible_to)


def rules_before(collection: Collection | None, folder: FilePath | None) -> list[str]:
    """The ids of the rules on a folder and below it."""
    if collection is None or folder is None:
        return []
    return [str(rule.pk) for rule in collection.rules.all() if rule.place.is_within(folder)]


def put_back(version: Version) -> None:
    """Nobody else is let in to the folder, or below it, than before."""
    if version.collection is None or version.folder is None:
        return
    publisher = version.submission.form.publisher
    for rule in storage.rules_of(version.collection, actor=publisher):
        if rule.place.is_within(version.folder) and str(rule.pk) not in version.undo_json["rules"]:
            storage.remove_rule(rule=rule, actor=publisher)
