"""An OpenSearch that all workers of a test run share: each has indexes of its own there, and takes them away.

A test's database is rolled back, and its indexes would stay: thousands of them are more than a small server can hold.
"""

import os
from itertools import count

import pytest
from django.conf import settings
from opensearchpy import OpenSearch

TOGETHER = 20
"""After so many tests all indexes of a worker are dropped: by one change of what the cluster knows, not by many."""


@pytest.fixture(scope="session")
def sweep_engine(worker_id):
    """Called after each test."""
    options = settings.SEARCH_BACKENDS["opensearch"][1]
    options["prefix"] = os.environ["VITRINE_OPENSEARCH_PREFIX"] = f"vitrine-{worker_id}"
    if settings.SEARCH_BACKEND != "opensearch":
        yield lambda: None
        return
    client, tests = OpenSearch(options["url"], timeout=60), count(1)

    def drop():
        client.indices.delete(index=f"{options['prefix']}-*")

    yield lambda: None if next(tests) % TOGETHER else drop()
    drop()


@pytest.fixture(autouse=True)
def engine_is_swept(sweep_engine):
    yield
    sweep_engine()
