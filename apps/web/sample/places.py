"""The sample's two collections: Beamline, where the files of the runs are, and Archive, where they may be put."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db import transaction

from apps.accounts.models import User
from apps.search.types import PUBLIC
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.web.sample import ssx

BEAMLINE = UUID(ssx.COLLECTION)
ARCHIVE = UUID("a3c58e10-2b6f-4d7e-8c91-5e0f7d3b6a24")


@transaction.atomic
def make_beamline(root: Path, *, admin: User, owner: User, readers: ssx.Readers) -> None:
    """Those who see a record may read its files: a rule for each folder of datasets with the same readers.

    A collection that is there already is left as it is, with what its owner made of its rules.
    """
    if not _is_there(BEAMLINE):
        root.mkdir(parents=True, exist_ok=True)
        beamline = storage.create_collection(
            actor=admin,
            owner=owner,
            collection_id=BEAMLINE,
            name="Beamline",
            kind="posix",
            settings={"root": str(root)},
            description="Fixed-target runs S8 to S18: hit maps, statistics, logs and NeXus. Made up.",
            visible_to=(PUBLIC,),
        )
        for folder, principal in readers.folders.items():
            path = FilePath.parse(f"/{folder}/")
            storage.add_rule(collection=beamline, actor=owner, principal=principal, path=path, permissions="r")


@transaction.atomic
def make_archive(root: Path, *, admin: User, readers: ssx.Readers) -> None:
    """Empty, and the group may write there. It is the facility's own, so the administrator keeps it."""
    if not _is_there(ARCHIVE):
        root.mkdir(parents=True, exist_ok=True)
        archive = storage.create_collection(
            actor=admin,
            collection_id=ARCHIVE,
            name="Archive",
            kind="posix",
            settings={"root": str(root)},
            description="For what is to be kept. The beamline's group may write here.",
            visible_to=(readers.group,),
        )
        storage.add_rule(collection=archive, actor=admin, principal=readers.group, path=FilePath(), permissions="rw")


def _is_there(collection_id: UUID) -> bool:
    return Collection.objects.filter(pk=collection_id).exists()
