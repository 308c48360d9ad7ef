"""The six verbs of OAI-PMH: each answers an element."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from xml.etree.ElementTree import Element

from django.conf import settings

from apps.common.xml import element
from apps.search import services as search
from apps.search.models import Index
from apps.search.services import Harvested
from apps.web.harvest import listing
from apps.web.harvest.arguments import TOKEN, Asked
from apps.web.harvest.errors import ProtocolError
from apps.web.harvest.prefixes import PREFIXES, XSI, Prefix
from apps.web.harvest.records import Teller, header, host, named, stamp

AT_ONCE = 100
"""Records an answer."""
_OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+", re.ASCII)


def answer(asked: Asked, *, base_url: str, now: datetime) -> Element:
    """
    Raises:
        ProtocolError: there is nothing to answer, by the protocol's name for why.
    """
    if asked.verb == "Identify":
        return _identify(base_url, now)
    return _VERBS[asked.verb](asked)


def _identify(base_url: str, now: datetime) -> Element:
    """Deletions are transient: what was published here and withdrawn leaves a tombstone; what somebody ingested, and
    deletes or hides, leaves nothing, because what is hidden has never been.
    """
    facility = f" at {settings.FACILITY}" if settings.FACILITY else ""
    told = {
        "repositoryName": f"Vitrine{facility}",
        "baseURL": base_url,
        "protocolVersion": "2.0",
        "adminEmail": _email(),
        "earliestDatestamp": stamp(search.earliest() or now),
        "deletedRecord": "transient",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    names = [element("description", "", {}, _names())] if _DOMAIN.fullmatch(host()) else []
    return element("Identify", "", {}, *(element(name, text) for name, text in told.items()), *names)


def _email() -> str:
    """The portal's own; the protocol wants a dot in its domain."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address if "." in address.rpartition("@")[2] else f"{address}.localdomain"


def _names() -> Element:
    """How identifiers are made; for hosts with a name of their own alone, as that scheme wants it."""
    attributes = {
        "xmlns": _OAI_IDENTIFIER,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{_OAI_IDENTIFIER} {_OAI_IDENTIFIER}.xsd",
    }
    told = {"scheme": "oai", "repositoryIdentifier": host(), "delimiter": ":"}
    sample = element("sampleIdentifier", f"oai:{host()}:index/subject")
    return element("oai-identifier", "", attributes, *(element(name, text) for name, text in told.items()), sample)


def _list_metadata_formats(asked: Asked) -> Element:
    """Each record can be had in each."""
    if name := asked.told.get("identifier"):
        named(name, search.public_indexes())
    return element("ListMetadataFormats", "", {}, *(_format(name, one) for name, one in PREFIXES.items()))


def _format(name: str, prefix: Prefix) -> Element:
    told = {"metadataPrefix": name, "schema": prefix.schema, "metadataNamespace": prefix.namespace}
    return element("metadataFormat", "", {}, *(element(key, text) for key, text in told.items()))


def _list_sets(asked: Asked) -> Element:
    if asked.after:
        raise ProtocolError("badResumptionToken", "All sets are told at once.")
    indexes = search.public_indexes()
    if not indexes:
        raise ProtocolError("noSetHierarchy", "There are no sets.")
    return element("ListSets", "", {}, *map(_set, indexes))


def _set(index: Index) -> Element:
    return element("set", "", {}, element("setSpec", index.slug), element("setName", index.display_name))


def _get_record(asked: Asked) -> Element:
    teller, one = Teller(_prefix(asked)), named(asked.told["identifier"], search.public_indexes())
    return element("GetRecord", "", {}, teller.record(one))


def _list_identifiers(asked: Asked) -> Element:
    _prefix(asked)
    return _listed(asked, header)


def _list_records(asked: Asked) -> Element:
    return _listed(asked, Teller(_prefix(asked)).record)


def _listed(asked: Asked, tell: Callable[[Harvested], Element]) -> Element:
    wanted = asked.told.get("set")
    indexes = [index for index in search.public_indexes() if wanted in (None, index.slug)]
    batch = listing.batch(indexes, asked.span, asked.after, limit=AT_ONCE)
    if not batch.found:
        raise _nothing(asked)
    listed = element(asked.verb, "", {}, *map(tell, batch.found))
    if batch.next or asked.after:
        token = asked.token(batch.next, at=asked.at + len(batch.found)) if batch.next else ""
        listed.append(element(TOKEN, token, {"cursor": str(asked.at)}))
    return listed


def _nothing(asked: Asked) -> ProtocolError:
    """A list is never empty: what was to come may be gone since."""
    if asked.after:
        return ProtocolError("badResumptionToken", "There is nothing behind this token any more. Begin again.")
    return ProtocolError("noRecordsMatch", "There are no such records.")


def _prefix(asked: Asked) -> Prefix:
    prefix = PREFIXES.get(asked.told["metadataPrefix"])
    if prefix is None:
        raise ProtocolError("cannotDisseminateFormat", f"Ask for one of {', '.join(PREFIXES)}.")
    return prefix


_VERBS = {
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}
