"""What was published and withdrawn is a deleted record to those who harvested it, if everybody saw it until then."""

import re

import pytest

from apps.web.harvest import verbs
from tests.publish.test_versions import embargoed, withdrawn

__all__ = ["embargoed"]


def harvested(client, **more):
    """The headers of all records, answer by answer."""
    found, told = [], {"metadataPrefix": "oai_dc", **more}
    while told:
        answer = client.get("/oai", {"verb": "ListRecords", **told}).content.decode()
        found += re.findall(r"<header.*?</header>", answer, re.DOTALL)
        token = re.search(r"<resumptionToken[^>]*>([^<]+)<", answer)
        told = {"resumptionToken": token[1]} if token else {}
    return found


@pytest.mark.parametrize("at_once", [1, 100])
def test_what_is_withdrawn_is_a_deleted_record(draft, published, index, alice, client, monkeypatch, at_once):
    monkeypatch.setattr(verbs, "AT_ONCE", at_once)
    version = published(draft)
    [before] = harvested(client)

    withdrawn(version, index, alice)
    [after] = harvested(client)

    assert '<header status="deleted">' in after
    name = re.search(r"<identifier>(.*?)<", before)[1]
    assert f"<identifier>{name}<" in after
    told = client.get("/oai", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": name}).content
    assert b'status="deleted"' in told
    assert b"<metadata>" not in told
    assert harvested(client, until="1999-01-01") == []


def test_what_nobody_saw_leaves_no_tombstone_to_harvest(embargoed, index, alice, client):
    withdrawn(embargoed, index, alice)

    assert harvested(client) == []
