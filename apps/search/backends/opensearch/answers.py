"""The answers to one facet's questions."""

from __future__ import annotations

from collections.abc import Mapping

from apps.search.backends.opensearch.connection import Json

MISSING = "missing"
DOCUMENTS = "documents"


class Answers:
    """One facet's aggregations and counts; see ``facets`` for their names."""

    def __init__(self, number: int, aggregations: Json, counts: Mapping[str, int]) -> None:
        self._number, self._aggregations, self._counts = number, aggregations, counts

    def __getitem__(self, part: str) -> Json:
        answer: Json = self._aggregations[f"{self._number}{part}"]
        return answer

    def __contains__(self, part: str) -> bool:
        return f"{self._number}{part}" in self._aggregations

    @property
    def missing(self) -> int:
        """How many subjects do not have the facet's path; -1 where it was not asked for."""
        return self._counts.get(f"{self._number}{MISSING}", -1)

    @property
    def documents(self) -> int:
        """How many subjects have a value that the facet measures."""
        return self._counts[f"{self._number}{DOCUMENTS}"]
