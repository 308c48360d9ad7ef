"""A record as OAI-PMH has it: its name, when it was written, which index it is of, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from apps.common.xml import element
from apps.search import services as search
from apps.search.models import Index
from apps.search.services import Harvested
from apps.search.types import Presentation
from apps.web.harvest.errors import ProtocolError
from apps.web.harvest.prefixes import Prefix
from apps.web.record.description import Description, describe

WITHDRAWN = "Withdrawn"
"""DataCite's word for the day on which data were taken back. A record with it is a tombstone."""


def host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def identifier(index: Index, subject: str) -> str:
    return f"oai:{host()}:{index.slug}/{quote(subject, safe='')}"


def named(name: str, indexes: list[Index]) -> Harvested:
    """
    Raises:
        ProtocolError: nobody may see a record of this name, or there is none.
    """
    slug, _, subject = name.removeprefix(f"oai:{host()}:").partition("/")
    index = next((index for index in indexes if index.slug == slug), None)
    found = search.harvested(index=index, subject=unquote(subject)) if index and "\0" not in unquote(subject) else None
    if found is None or identifier(found.index, found.record.subject) != name:
        raise ProtocolError("idDoesNotExist", "There is no record of this identifier.")
    return found


class Teller:
    """Tells of records; how an index presents itself is asked once."""

    def __init__(self) -> None:
        self._presentations: dict[str, Presentation] = {}

    def header(self, one: Harvested) -> Element:
        return self._header(one, self._described(one))

    def record(self, one: Harvested, prefix: Prefix) -> Element:
        """A tombstone has a header alone."""
        description = self._described(one)
        header = self._header(one, description)
        if _is_withdrawn(description):
            return element("record", "", {}, header)
        return element("record", "", {}, header, element("metadata", "", {}, prefix.write(description)))

    def _header(self, one: Harvested, description: Description) -> Element:
        return element(
            "header",
            "",
            {"status": "deleted"} if _is_withdrawn(description) else {},
            element("identifier", identifier(one.index, one.record.subject)),
            element("datestamp", stamp(one.written)),
            element("setSpec", one.index.slug),
        )

    def _described(self, one: Harvested) -> Description:
        return describe(one.record, index=one.index, presentation=self.presentation(one.index))

    def presentation(self, index: Index) -> Presentation:
        if index.slug not in self._presentations:
            self._presentations[index.slug] = search.presentation(index=index, actor=AnonymousUser())
        return self._presentations[index.slug]


def stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_withdrawn(description: Description) -> bool:
    return any(one.kind == WITHDRAWN for one in description.work.dates)
