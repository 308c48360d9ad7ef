"""The contract of search backends: subclass it, give the fixture ``backend``, and both engines hold the same promises.

class TestTantivyBackend(SearchBackendContract):
    @pytest.fixture
    def backend(self, tmp_path):
        return TantivyBackend(folder=tmp_path)
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from apps.search.backends.base import Backend
from apps.search.types import Store
from tests.search.promises.audience import AudiencePromises
from tests.search.promises.clauses import ClausePromises
from tests.search.promises.facets import FacetPromises
from tests.search.promises.histograms import HistogramPromises
from tests.search.promises.order import OrderPromises
from tests.search.promises.ranges import RangePromises
from tests.search.promises.stores import StorePromises
from tests.search.promises.text import TextPromises
from tests.search.promises.writing import WritingPromises
from tests.search.shelf import Shelf


class SearchBackendContract(
    StorePromises,
    WritingPromises,
    AudiencePromises,
    ClausePromises,
    RangePromises,
    TextPromises,
    FacetPromises,
    HistogramPromises,
    OrderPromises,
):
    """All promises of ``apps.search.types`` and ``apps.search.backends.base``; scores may differ between engines."""

    @pytest.fixture
    def backend(self) -> Backend:
        raise NotImplementedError("a subclass gives the backend")

    @pytest.fixture
    def store(self, backend: Backend) -> Iterator[Store]:
        store = Store(index_id=f"contract{uuid4().hex[:12]}", generation=1)
        backend.create(store)
        yield store
        backend.drop(store)

    @pytest.fixture
    def shelf(self, backend: Backend, store: Store) -> Shelf:
        return Shelf(backend, store)
