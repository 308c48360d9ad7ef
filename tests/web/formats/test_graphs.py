"""Linked data, as rdflib and schema.org's own vocabulary read them."""

import json
from importlib.resources import files

import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, RDF, Graph, Namespace, URIRef

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib warns of its own parser
SCHEMA = Namespace("https://schema.org/")
SPDX = Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def vocabulary():
    """All that schema.org knows, by name, as the library rocrate carries it."""
    told = json.loads(files("rocrate").joinpath("data/schema.jsonld").read_text())
    return {node["@id"].removeprefix("schema:").removeprefix("http://schema.org/"): node for node in told["@graph"]}


def schema_org(answer):
    """Its context is a page of schema.org's, which says this."""
    return Graph().parse(data={**answer.json(), "@context": {"@vocab": str(SCHEMA)}}, format="json-ld")


def test_schema_org_knows_every_word(fetch, kind, vocabulary):
    graph = schema_org(fetch(kind, "jsonld"))
    words = {str(node) for _, name, kind in graph for node in (name, kind if name == RDF.type else name)}

    named = {word.removeprefix(str(SCHEMA)) for word in words} - {str(RDF.type)}

    assert len(graph) > 5
    assert named <= set(vocabulary)


def test_schema_org_tells_who_made_it_where_it_is_and_what_may_be_done_with_it(fetch):
    graph = schema_org(fetch("full", "jsonld"))
    data = URIRef("https://doi.org/10.5072/ex.7")

    assert (data, RDF.type, SCHEMA.Dataset) in graph
    assert URIRef("https://orcid.org/0000-0002-1825-0097") in set(graph.objects(data, SCHEMA.creator))
    assert {str(url) for url in graph.objects(None, SCHEMA.contentUrl)} == {
        "https://data.example.org/a.cbf",
        "https://data.example.org/b%20b.txt",
    }
    assert [str(url) for url in graph.objects(data, SCHEMA.license)] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_dcat_has_no_word_that_its_vocabularies_do_not(fetch, kind):
    graph = Graph().parse(data=fetch(kind, "dcat").content, format="json-ld")
    spdx = {SPDX.checksum, SPDX.algorithm, SPDX.checksumValue, SPDX.Checksum}
    newer = {URIRef(f"{DCAT}version")}  # DCAT 3 has it; rdflib knows DCAT 2

    used = {node for _, name, kind in graph for node in (name, kind if name == RDF.type else name)}

    assert len(graph) > 4
    assert not [
        node for node in used if not any(node in known for known in (DCAT, DCTERMS, FOAF, ORG, RDF, spdx, newer))
    ]


def test_dcat_tells_what_its_profile_for_europe_demands(fetch, kind):
    graph = Graph().parse(data=fetch(kind, "dcat").content, format="json-ld")

    [data] = graph.subjects(RDF.type, DCAT.Dataset)
    assert graph.value(data, DCTERMS.title)
    assert graph.value(data, DCTERMS.description)
    assert all(graph.value(one, DCAT.accessURL) for one in graph.objects(data, DCAT.distribution))


def test_dcat_tells_of_files_and_days_in_types_that_can_be_compared(fetch):
    graph = Graph().parse(data=fetch("full", "dcat").content, format="json-ld")
    data = URIRef("https://doi.org/10.5072/ex.7")

    assert str(graph.value(data, DCTERMS.issued).toPython()) == "2021-04-20"
    assert {size.toPython() for size in graph.objects(None, DCAT.byteSize)} == {1200, 34}
    assert all(not literal.ill_typed for _, _, literal in graph if hasattr(literal, "ill_typed"))
