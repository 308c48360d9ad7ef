"""The question of a standing search, as its page asks it."""

from __future__ import annotations

from apps.search.forms import url, url_query
from apps.search.types import Request
from apps.triggers.types import Records


def question(records: Records) -> Request:
    """
    Raises:
        InvalidQuery: it is none.
    """
    return url_query.request(url.parse(records.query, is_page=True))
