"""Both engines answer random questions about random subjects as the evaluator does.

``VITRINE_PROPERTY_CASES`` says how many questions at least; ``VITRINE_PROPERTY_DERANDOMIZE=1`` asks the same ones
each time. OpenSearch is asked where ``VITRINE_TEST_OPENSEARCH_URL`` says it is; without it its tests are skipped, or
fail if ``VITRINE_TEST_REQUIRE_SERVICES=1``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from apps.search.backends.base import Backend
from apps.search.backends.opensearch import OpenSearchBackend
from apps.search.backends.tantivy import TantivyBackend
from apps.search.types import Store
from tests.search.agreement import assert_agrees
from tests.search.corpora import Corpus, corpora
from tests.search.shelf import Shelf
from tests.search.strategies import FEWEST_QUESTIONS, asked

CASES = int(os.environ.get("VITRINE_PROPERTY_CASES", "60"))
IS_SAME_EACH_TIME = os.environ.get("VITRINE_PROPERTY_DERANDOMIZE", "0") == "1"
OPENSEARCH_URL = os.environ.get("VITRINE_TEST_OPENSEARCH_URL", "")

thorough = settings(
    max_examples=max(1, CASES // FEWEST_QUESTIONS),
    deadline=None,
    derandomize=IS_SAME_EACH_TIME,
    database=None,  # A failure tells its case whole; nothing is left in the tree.
    print_blob=False,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


class Shelves:
    """The shelf of the corpus that was asked last: while a failing question shrinks, nothing is written again."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._corpus = Corpus()
        self._shelf: Shelf | None = None

    def holding(self, corpus: Corpus) -> Shelf:
        if self._shelf is None or repr(corpus) != repr(self._corpus):
            self.clear()
            self._corpus, self._shelf = corpus, self._filled(corpus)
        return self._shelf

    def clear(self) -> None:
        if self._shelf is not None:
            self._backend.drop(self._shelf.store)
            self._shelf = None

    def _filled(self, corpus: Corpus) -> Shelf:
        subjects = [record.views() for record in corpus]
        depth = max((len(view.required) for subject in subjects for view in subject.views), default=0)
        shelf = Shelf(self._backend, Store(f"agree{uuid4().hex[:12]}", generation=1, depth=depth))
        self._backend.create(shelf.store)
        shelf.put(*subjects)
        return shelf


def _opensearch() -> Backend:
    if not OPENSEARCH_URL and os.environ.get("VITRINE_TEST_REQUIRE_SERVICES") == "1":
        pytest.fail("OpenSearch is required here: set VITRINE_TEST_OPENSEARCH_URL")
    if not OPENSEARCH_URL:
        pytest.skip("no OpenSearch: set VITRINE_TEST_OPENSEARCH_URL to where one runs")
    return OpenSearchBackend(url=OPENSEARCH_URL, prefix="agree")


@pytest.fixture(scope="module", params=["tantivy", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def shelves(request, tmp_path_factory) -> Iterator[Shelves]:
    is_embedded = request.param == "tantivy"
    shelves = Shelves(TantivyBackend(folder=tmp_path_factory.mktemp("engine")) if is_embedded else _opensearch())
    yield shelves
    shelves.clear()


@thorough
@given(corpora(), asked())
def test_an_engine_answers_as_the_evaluator_does(shelves, corpus, asked):
    shelf = shelves.holding(corpus)

    for question in asked:
        assert_agrees(shelf, corpus, question)
