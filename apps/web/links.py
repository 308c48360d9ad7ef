"""Addresses of pages and of the API's answers to the same questions."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.urls import reverse

from apps.search import services as search

BYPASS = "bypass_visible_to"


def index_url(slug: str, query_string: str = "") -> str:
    return _index_path(slug) + (f"?{query_string}" if query_string else "")


@lru_cache(maxsize=1000)
def _index_path(slug: str) -> str:
    """Kept, because a page has hundreds of links to its index."""
    return reverse("web:index", args=[slug])


def download_url(slug: str, query_string: str) -> str:
    return f"{reverse('web:download', args=[slug])}?{query_string}"


def feed_url(slug: str, query_string: str = "") -> str:
    return reverse("web:feed", args=[slug]) + (f"?{query_string}" if query_string else "")


def record_url(slug: str, subject: str) -> str:
    return f"{index_url(slug)}detail/{search.segment_of(subject)}/"


def subjects_of(segment: str) -> list[str]:
    """What a decoded segment of an address may mean, likeliest first: old portals encode a subject twice."""
    decoded = unquote(segment)
    return [segment] if decoded == segment else [segment, decoded]


def api_search_url(index_id: str, query_string: str = "") -> str:
    return f"/api/search/v1/index/{index_id}/search" + (f"?{query_string}" if query_string else "")


def api_subject_url(index_id: str, subject: str, *, sees_all: bool = False) -> str:
    return f"/api/search/v1/index/{index_id}/subject?{urlencode({'subject': subject, **bypassing(sees_all=sees_all)})}"


def bypassing(*, sees_all: bool) -> dict[str, str]:
    """What the address of a page carries on which an administrator of the index sees all."""
    return {BYPASS: "true"} if sees_all else {}


def absolute(url: str) -> str:
    return settings.PUBLIC_URL + url
