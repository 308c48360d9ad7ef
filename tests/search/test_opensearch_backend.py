"""OpenSearch keeps the contract, and what is particular to it: versions, mappings, writers, a server that is away.

``VITRINE_TEST_OPENSEARCH_URL`` says where one runs. Without it the tests are skipped, or fail if
``VITRINE_TEST_REQUIRE_SERVICES=1``.
"""

import os

import pytest

from apps.search.backends.opensearch import OpenSearchBackend
from tests.search.contract import SearchBackendContract

pytestmark = pytest.mark.opensearch
PREFIX = "vitrinetest"


@pytest.fixture(scope="module")
def url():
    url = os.environ.get("VITRINE_TEST_OPENSEARCH_URL", "")
    if not url and os.environ.get("VITRINE_TEST_REQUIRE_SERVICES") == "1":
        pytest.fail("OpenSearch is required here: set VITRINE_TEST_OPENSEARCH_URL")
    if not url:
        pytest.skip("no OpenSearch: set VITRINE_TEST_OPENSEARCH_URL to where one runs")
    return url


@pytest.fixture(scope="module")
def engine(url):
    return OpenSearchBackend(url=url, prefix=PREFIX)


class TestOpenSearchBackend(SearchBackendContract):
    writes_are_atomic = False

    @pytest.fixture
    def backend(self, engine):
        return engine
