"""What the catalogue of an iRODS zone is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from irods import keywords
from irods.models import Collection, DataObject

from apps.storage.backends.irods_client import IrodsClient, in_our_words
from apps.storage.backends.irods_objects import TOLD
from apps.storage.errors import NoSuchFile

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Catalogue:
    """Paths are whole, and were checked: nothing here is quoted (see ``irods_objects``).

    ``zone`` may be another than the one that is signed in to: zones that are federated have catalogues of their own.
    """

    irods: IrodsClient
    zone: str

    def folder(self, at: str) -> datetime:
        """When it was last changed.

        Raises:
            NoSuchFile: there is none.
        """
        with in_our_words():
            asked = self._ask(self.irods.session, Collection.name, Collection.modify_time)
            rows = asked.filter(Collection.name == at).all()
            if not len(rows):
                raise NoSuchFile
            modified_at: datetime = rows[0][Collection.modify_time]
        return modified_at

    def replicas(self, folder: str, name: str) -> Sequence[Row]:
        """The rows of one file; none if there is none."""
        with in_our_words():
            asked = self._ask(self.irods.session, *TOLD)
            return list(asked.filter(Collection.name == folder, DataObject.name == name).all())

    def inside(self, folder: str) -> tuple[list[str], list[Row]]:
        """The names of the folders in a folder, and the rows of all its files."""
        with in_our_words(), self.irods.one_connection() as session:
            below = self._ask(session, Collection.name).filter(Collection.parent_name == folder)
            names = [str(row[Collection.name]).rpartition("/")[2] for row in below]
            return names, list(self._ask(session, *TOLD).filter(Collection.name == folder))

    def _ask(self, session: Any, *columns: Any) -> Any:
        return session.query(*columns).add_keyword(keywords.ZONE_KW, self.zone)
