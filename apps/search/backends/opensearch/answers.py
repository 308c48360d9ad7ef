"""The answers to one facet's aggregations."""

from __future__ import annotations

from apps.search.backends.opensearch.connection import Json

MISSING = "missing"


class Answers:
    """Of all aggregations in an answer, those whose name begins so; asked for by the rest of the name."""

    def __init__(self, aggregations: Json, prefix: str) -> None:
        self._aggregations, self._prefix = aggregations, prefix

    def __getitem__(self, part: str) -> Json:
        answer: Json = self._aggregations[self._prefix + part]
        return answer

    def __contains__(self, part: str) -> bool:
        return self._prefix + part in self._aggregations

    @property
    def missing(self) -> int:
        """How many subjects do not have the facet's path."""
        return int(self[MISSING]["doc_count"])
