"""DataCite, as DataCite's own library reads it."""

from xml.etree import ElementTree

import pytest
from datacite import schema45
from lxml import etree

from tests.web.formats.conftest import CONTENTS

NS = "{http://datacite.org/schema/kernel-4}"


def as_set(node):
    """An element with its parts in any order, which the schema allows, and without blanks that only indent."""
    parts = sorted((as_set(child) for child in node), key=repr)
    return node.tag, (node.text or "").strip(), sorted(node.attrib.items()), parts


def test_datacites_own_schema_takes_every_record(fetch, kind):
    told = fetch(kind, "datacite-json").json()

    schema45.validator.validate(told)


@pytest.mark.parametrize("kind", ["full", "sample"])
def test_the_xml_is_what_datacites_own_library_makes_of_the_json(fetch, kind):
    theirs = ElementTree.fromstring(etree.tostring(schema45.dump_etree(fetch(kind, "datacite-json").json())))
    ours = ElementTree.fromstring(fetch(kind, "datacite-xml").content)

    identifier = ours.find(f"{NS}identifier")
    if identifier.get("identifierType") != "DOI":  # Their JSON has no identifier of another kind.
        ours.remove(identifier)

    assert as_set(ours) == as_set(theirs)


def test_what_the_schema_does_not_know_is_left_out(fetch):
    told = fetch("full", "datacite-json").json()

    assert [one["dateType"] for one in told["dates"]] == ["Issued", "Collected"]
    assert [one["relatedIdentifierType"] for one in told["relatedIdentifiers"]] == ["DOI", "URL"]
    assert [one["name"] for one in told["contributors"]] == ["Doe, Jane"]


def test_where_nobody_is_told_the_schemas_own_word_for_it_stands(fetch):
    told = fetch("bare", "datacite-json").json()

    assert (told["creators"], told["publisher"]) == ([{"name": ":unav"}], {"name": ":unav"})
    assert "doi" not in told


def test_a_record_without_a_doi_is_identified_by_its_address(fetch, settings):
    xml = ElementTree.fromstring(fetch("sample", "datacite-xml").content)

    assert xml.findtext(f"{NS}identifier") == f"{settings.PUBLIC_URL}/crystals/detail/sample/"


def test_characters_that_xml_cannot_hold_are_left_out(fetch):
    xml = ElementTree.fromstring(fetch("odd", "datacite-xml").content)

    assert xml.findtext(f"{NS}titles/{NS}title") == "\ud7ff<&>"
    assert set(CONTENTS["odd"]["title"]) & {"\x01", "\ufffe"}
