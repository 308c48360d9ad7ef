"""A record in DataCite's metadata schema 4.5, as XML: what ``datacite`` tells in JSON, in its other spelling."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from apps.common import xml
from apps.common.xml import element
from apps.web.record.description import Description
from apps.web.record.formats import datacite
from apps.web.record.work import Work

LOCATION = "http://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
_ATTRIBUTES = {"schemeUri": "schemeURI", "rightsUri": "rightsURI", "awardUri": "awardURI"}
Node = dict[str, Any]


def write(description: Description) -> str:
    return xml.document(resource(description.work))


def resource(work: Work) -> Element:
    """A DOI is its identifier, else its address here."""
    node = datacite.document(work)
    doi = node.get("doi", "")
    identifier = element("identifier", doi or work.url, {"identifierType": "DOI" if doi else "URL"})
    types = node["types"]
    resource = element(
        "resource",
        "",
        {
            "xmlns": datacite.SCHEMA,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{datacite.SCHEMA} {LOCATION}",
        },
        identifier,
        _people(node, "creator"),
        _several(node, "titles", "title"),
        element("publisher", node["publisher"]["name"]),
        element("publicationYear", node["publicationYear"]),
        element("resourceType", types["resourceType"], {"resourceTypeGeneral": types["resourceTypeGeneral"]}),
        _several(node, "subjects", "subject"),
        _people(node, "contributor"),
        _several(node, "dates", "date"),
        element("language", node.get("language", "")),
        _several(node, "alternateIdentifiers", "alternateIdentifier"),
        _several(node, "relatedIdentifiers", "relatedIdentifier"),
        _several(node, "sizes", "size"),
        _several(node, "formats", "format"),
        element("version", node.get("version", "")),
        _several(node, "rightsList", "rights"),
        _several(node, "descriptions", "description"),
        _fundings(node),
    )
    for empty in [child for child in resource if not child.text and not len(child)]:
        resource.remove(empty)
    return resource


def _several(node: Node, name: str, singular: str) -> Element:
    return element(name, "", {}, *(_one(singular, one) for one in node.get(name, [])))


def _one(name: str, told: Node | str) -> Element:
    """Of an object the value of this name is the text, the others are attributes."""
    if isinstance(told, str):
        return element(name, told)
    rest = {_ATTRIBUTES.get(key, key): value for key, value in told.items() if key != name}
    return element(name, told.get(name, ""), rest)


def _people(node: Node, role: str) -> Element:
    return element(f"{role}s", "", {}, *(_person(role, one) for one in node.get(f"{role}s", [])))


def _person(role: str, told: Node) -> Element:
    kind = {"nameType": told["nameType"]} if "nameType" in told else {}
    parts = [element(key, told[key]) for key in ("givenName", "familyName") if key in told]
    identifiers = [_one("nameIdentifier", one) for one in told.get("nameIdentifiers", [])]
    affiliations = [_one("affiliation", {**one, "affiliation": one["name"]}) for one in told.get("affiliation", [])]
    for affiliation in affiliations:
        affiliation.attrib.pop("name")
    attributes = {"contributorType": told["contributorType"]} if "contributorType" in told else {}
    name = element(f"{role}Name", told["name"], kind)
    return element(role, "", attributes, name, *parts, *identifiers, *affiliations)


def _fundings(node: Node) -> Element:
    return element("fundingReferences", "", {}, *(_funding(one) for one in node.get("fundingReferences", [])))


def _funding(told: Node) -> Element:
    kind = {"funderIdentifierType": told["funderIdentifierType"]} if "funderIdentifierType" in told else {}
    award = {"awardURI": told["awardUri"]} if "awardUri" in told else {}
    parts = [element("funderName", told["funderName"])]
    parts += [element("funderIdentifier", told["funderIdentifier"], kind)] if "funderIdentifier" in told else []
    parts += [element("awardNumber", told.get("awardNumber", ""), award)] if "awardNumber" in told or award else []
    parts += [element("awardTitle", told["awardTitle"])] if "awardTitle" in told else []
    return element("fundingReference", "", {}, *parts)
