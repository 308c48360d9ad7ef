"""Which fields an index has, and making those that are to be written."""

from __future__ import annotations

import logging

from apps.search.backends.opensearch.connection import Connection, Json, Refused
from apps.search.backends.opensearch.schema import LETTERS, mapping_of
from apps.search.errors import EngineUnavailable

logger = logging.getLogger(__name__)


class Fields:
    """The typed fields of one physical index. Other processes may add some meanwhile; adding one twice does no harm."""

    def __init__(self, connection: Connection, index: str, uuid: str) -> None:
        self.uuid = uuid
        self._connection, self._index = connection, index
        self._known = self._read()
        self._refused: set[str] = set()

    def ensure(self, names: set[str]) -> None:
        """Map these fields (``letter.name``) in one request, but for those that are mapped.

        Past the index's field limit they stay unmapped: their values are found as free text and by ``Exists`` alone.
        """
        new = names - self._known - self._refused
        if not new:
            return
        try:
            answer = self._connection.ask("PUT", f"/{self._index}/_mapping", mapping_of(new))
        except Refused as error:
            if "Limit of total fields" not in str(error):
                raise
            logger.warning("%s has no room for %d more fields; their values are free text only", self._index, len(new))
            self._refused |= new
            return
        if not answer["acknowledged"]:  # A node that does not know the fields yet would leave their values out.
            raise EngineUnavailable
        self._known |= new

    def _read(self) -> set[str]:
        (answer,) = self._connection.ask("GET", f"/{self._index}/_mapping").values()
        properties: Json = answer["mappings"]["properties"]
        return {f"{letter}.{name}" for letter in LETTERS.values() for name in properties[letter].get("properties", ())}
