"""The grown-up engine: OpenSearch, one physical index a store, spoken to by opensearch-py.

Use it where several web servers and workers share one search engine. The layout is in ``schema``, what is written in
``documents`` and ``writer``, what is asked in ``clauses``, ``facets`` and ``questions``. Nothing but subjects is read
back: the database holds the truth, so the engine keeps no ``_source``.
"""

from apps.search.backends.opensearch.backend import OpenSearchBackend

__all__ = ["OpenSearchBackend"]
