"""While OpenSearch is away writes are accepted, questions get a clear answer, and afterwards nothing is missing."""

from __future__ import annotations

import pytest

from tests.survival.conftest import DOCUMENTS
from tests.survival.gate import Gate
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.opensearch]


@pytest.fixture
def gate(opensearch_url):
    gate = Gate(opensearch_url)
    yield gate
    gate.close()


def test_ingest_is_accepted_and_catches_up(start_portal, gate):
    _, client = start_portal(gate.url)
    client.ingest(0)
    until(client.is_settled)

    gate.close()
    client.ingest(1)
    status, headers, error = client.ask("GET", "/v1/index/runs/search?q=*")
    assert client.sent[1]
    assert (status, error["code"], headers["Retry-After"]) == (503, "ServiceUnavailable.Generic", "5")

    gate.open()
    until(client.is_settled, within_s=60)
    assert len(set(client.subjects())) == 2 * DOCUMENTS


def test_an_index_can_be_made_while_the_engine_is_away(start_portal, gate):
    _, client = start_portal(gate.url)

    gate.close()
    status, _, index = client.ask("POST", "/v1/index", {"display_name": "New", "description": ""})
    assert (status, index["num_subjects"]) == (200, 0)

    gate.open()
    assert until(lambda: client.ask("GET", f"/v1/index/{index['id']}/search?q=*")[0]) == 200
