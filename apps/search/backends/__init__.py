"""The engines. One contract (``base.py``), two of it: tantivy in this process, and OpenSearch."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from apps.search.backends.base import Backend


@lru_cache(maxsize=1)
def engine() -> Backend:
    """The engine that the settings name, one a process."""
    path, options = settings.SEARCH_BACKENDS[settings.SEARCH_BACKEND]
    return import_string(path)(**options)  # type: ignore[no-any-return]  # a class by its name
