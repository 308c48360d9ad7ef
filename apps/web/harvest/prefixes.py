"""The formats in which a harvester can have a record, by OAI-PMH's ``metadataPrefix``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.conf import settings

from apps.common.xml import element
from apps.web.record.description import Description
from apps.web.record.formats import datacite, datacite_xml

XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OAI_DC, _OAI_DATACITE = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://schema.datacite.org/oai/oai-1.1/"


@dataclass(frozen=True, slots=True)
class Prefix:
    schema: str
    namespace: str
    write: Callable[[Description], Element]


def _dublin_core(description: Description) -> Element:
    attributes = {
        "xmlns:oai_dc": _OAI_DC,
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{_OAI_DC} {PREFIXES['oai_dc'].schema}",
    }
    told = (element(f"dc:{name}", text) for name, text in _fields(description) if text)
    return element("oai_dc:dc", "", attributes, *told)


def _fields(description: Description) -> Iterator[tuple[str, str]]:
    work = description.work
    yield "title", work.title
    yield from (("creator", creator.name) for creator in work.creators)
    yield from (("subject", word) for word in work.keywords)
    yield "description", work.description
    yield "publisher", work.publisher
    yield from (("contributor", contributor.name) for contributor in work.contributors)
    yield "date", work.issued
    yield "type", work.kind or "Dataset"
    yield from (("format", kind) for kind in dict.fromkeys(file.media_type for file in work.files))
    yield from (("identifier", name) for name in dict.fromkeys((work.address, work.url, work.subject)))
    yield "language", work.language
    yield from (("relation", one.url or one.name) for one in work.related)
    yield from (("rights", right.url or right.name) for right in work.rights)


def _datacite(description: Description) -> Element:
    return datacite_xml.resource(description.work)


def _oai_datacite(description: Description) -> Element:
    """The envelope in which DataCite's own harvesters look for it."""
    attributes = {
        "xmlns": _OAI_DATACITE,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{_OAI_DATACITE} {PREFIXES['oai_datacite'].schema}",
    }
    return element(
        "oai_datacite",
        "",
        attributes,
        element("schemaVersion", "4.5"),
        element("datacentreSymbol", settings.DATACITE_USERNAME or "VITRINE"),
        element("payload", "", {}, _datacite(description)),
    )


PREFIXES = {
    "oai_dc": Prefix("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", _OAI_DC, _dublin_core),
    "oai_datacite": Prefix("http://schema.datacite.org/oai/oai-1.1/oai.xsd", _OAI_DATACITE, _oai_datacite),
    "datacite": Prefix(datacite_xml.LOCATION, datacite.SCHEMA, _datacite),
}
