"""A record as OAI-PMH has it: its name, when it was written, which index it is of, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from apps.common.xml import element
from apps.publish import services as publish
from apps.search import services as search
from apps.search.models import Index
from apps.search.services import Harvested
from apps.search.types import Presentation
from apps.web.harvest.errors import ProtocolError
from apps.web.harvest.listing import withdrawn
from apps.web.harvest.prefixes import Prefix
from apps.web.record.description import describe


def host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def identifier(index: Index, subject: str) -> str:
    return f"oai:{host()}:{index.slug}/{quote(subject, safe='')}"


def named(name: str, indexes: list[Index]) -> Harvested:
    """
    Raises:
        ProtocolError: nobody may see a record of this name, or there is none.
    """
    slug, _, segment = name.removeprefix(f"oai:{host()}:").partition("/")
    index, subject = next((index for index in indexes if index.slug == slug), None), unquote(segment)
    found = _found(index, subject) if index and "\0" not in subject else None
    if found is None or identifier(found.index, found.record.subject) != name:
        raise ProtocolError("idDoesNotExist", "There is no record of this identifier.")
    return found


def _found(index: Index, subject: str) -> Harvested | None:
    if living := search.harvested(index=index, subject=subject):
        return living
    grave = publish.tombstone(index=index, subject=subject)
    return withdrawn(grave) if grave else None


def header(one: Harvested) -> Element:
    """A record of no entries is a tombstone."""
    return element(
        "header",
        "",
        {} if one.record.entries else {"status": "deleted"},
        element("identifier", identifier(one.index, one.record.subject)),
        element("datestamp", stamp(one.written)),
        element("setSpec", one.index.slug),
    )


class Teller:
    """Tells of records in one format; how an index presents itself is asked once."""

    def __init__(self, prefix: Prefix) -> None:
        self._prefix = prefix
        self._presentations: dict[str, Presentation] = {}

    def record(self, one: Harvested) -> Element:
        """A tombstone has a header alone."""
        if not one.record.entries:
            return element("record", "", {}, header(one))
        description = describe(one.record, index=one.index, presentation=self._presentation(one.index))
        return element("record", "", {}, header(one), element("metadata", "", {}, self._prefix.write(description)))

    def _presentation(self, index: Index) -> Presentation:
        if index.slug not in self._presentations:
            self._presentations[index.slug] = search.presentation(index=index, actor=AnonymousUser())
        return self._presentations[index.slug]


def stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
