"""What stands beside a record: how it is cited, what it looks like, what came before it, in schema.org's words."""

import json
import re

import pytest

from apps.access.types import PUBLIC, group_urn
from apps.web.links import record_url
from tests.web.conftest import entry

DC = {
    "titles": [{"title": "Chip 7 <of> {12}"}],
    "creators": [
        {"name": "Curie, Marie", "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097"}]},
        {"name": "Beamline 7", "nameType": "Organizational"},
    ],
    "publicationYear": "2021",
    "publisher": {"name": "Glass House"},
    "identifiers": [{"identifier": "10.5072/ex.7", "identifierType": "DOI"}],
    "version": "2",
    "relatedIdentifiers": [
        {"relatedIdentifier": "10.5072/ex.6", "relatedIdentifierType": "DOI", "relationType": "IsNewVersionOf"},
        {"relatedIdentifier": "javascript:alert(1)", "relationType": "IsVersionOf"},
    ],
}


def answer(client, subject="r", **parameters):
    return client.get(record_url("crystals", subject), parameters)


def page(client, subject="r", **parameters):
    return answer(client, subject, **parameters).context["page"]


def test_a_record_of_datacites_fields_can_be_cited(client, index, put, alice):
    put(index, alice, entry("r", dc=DC))

    cited = page(client).citation

    assert cited.text == (
        "Curie, M., & Beamline 7. (2021). Chip 7 <of> {12} (Version 2) [Data set]. Glass House. "
        "https://doi.org/10.5072/ex.7"
    )
    assert "author = {Curie, Marie and {Beamline 7}}" in cited.bibtex
    assert r"title = {{Chip 7 <of> \textbraceleft{}12\textbraceright{}}}" in cited.bibtex


def test_an_entry_of_the_pdb_is_cited_by_its_own_doi(client, index, put, alice):
    put(index, alice, entry("r", pdb_id="1BWI", publication_year=1998))

    assert page(client).citation.text == "Worldwide PDB. (1998). Run r [Data set]. https://doi.org/10.2210/pdb1bwi/pdb"


def test_who_is_not_told_enough_is_shown_no_citation(client, index, put, alice):
    put(index, alice, entry("r", dc={"creators": [{"name": 5}, {}], "publicationYear": ["soon"], "publisher": None}))

    assert page(client).citation is None


def test_a_paper_about_an_entry_does_not_lend_it_its_doi(client, index, put, alice):
    put(index, alice, entry("r", citation=[{"title": "x", "year": 2001, "doi": "10.1000/paper", "authors": ["A, B."]}]))

    assert page(client).doi == ""


def test_a_record_speaks_schema_org_and_its_words_cannot_end_the_script(client, index, put, alice):
    put(index, alice, entry("r", dc=DC, rate=5.5, notes="</script><script>alert(1)</script>"))

    html = answer(client).content.decode()
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    linked = answer(client, format="jsonld")

    assert json.loads(told) == linked.json()
    assert linked["Content-Type"] == "application/ld+json"
    assert (linked.json()["@type"], linked.json()["@id"]) == ("Dataset", "https://doi.org/10.5072/ex.7")
    assert linked.json()["variableMeasured"] == [
        {"@type": "PropertyValue", "name": "Hit rate", "value": "5.5", "unitText": "%"}
    ]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/ld+json", "application/ld+json"),
        ("*/*", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
    ],
)
def test_schema_org_is_given_to_who_accepts_it(client, index, put, alice, accept, kind):
    put(index, alice, entry("r"))

    assert client.get(record_url("crystals", "r"), headers={"accept": accept})["Content-Type"] == kind


def test_schema_org_is_told_what_its_reader_sees(client, index, put, alice, bob, team):
    put(index, alice, entry("r"), entry("r", group_urn(team.id), "pi", keywords=["hidden"]))

    assert "keywords" not in answer(client, format="jsonld").json()
    client.force_login(bob)
    assert answer(client, format="jsonld").json()["keywords"] == ["hidden"]


def test_only_pictures_of_this_portal_are_shown_in_the_page(client, index, put, alice, settings):
    settings.PUBLIC_URL = "https://here.org"
    pictures = ["https://here.org/static/logo.svg", "https://here.org.evil.net/a.png", "https://x.org/b.JPG?size=2"]
    put(index, alice, entry("r", pictures=pictures, path="/data/c.png", script="javascript:d.png"))

    html = answer(client).content.decode()

    assert re.findall(r'<img[^>]+src="([^"]+)"', html) == ["/static/logo.svg"]
    assert [found.host for found in page(client).pictures] == ["", "here.org.evil.net", "x.org"]
    assert "Picture at x.org" in html


@pytest.mark.parametrize("told", ["//evil.net/a.png", "/\\evil.net/a.png", "/account/logout/", "/a b.png", 7, None])
def test_a_thumbnail_that_is_no_picture_of_this_portal_is_not_shown(client, index, put, alice, told):
    index.presentation |= {"thumbnail": "thumb"}
    index.save()
    put(index, alice, entry("r", thumb=told))

    assert "<img" not in answer(client).content.decode()


def test_versions_that_the_data_tell_of_are_listed(client, index, put, alice):
    put(index, alice, entry("r", dc=DC), entry("r", PUBLIC, "v2"), entry("r", PUBLIC, "v10"), entry("r", PUBLIC, "x"))

    found = page(client).versions

    assert [version.name for version in found[:2]] == ["Version 10", "Version 2"]
    assert [(version.about, version.url) for version in found[2:]] == [
        ("Follows", "https://doi.org/10.5072/ex.6"),
        ("A version of", ""),
    ]


def test_the_json_of_several_entries_names_each(client, index, put, alice):
    put(index, alice, entry("one"), entry("r"), entry("r", PUBLIC, "notes"))

    assert json.loads(page(client, "one").json) == {"title": "Run one"}
    assert [told["entry_id"] for told in json.loads(page(client).json)] == [None, "notes"]
