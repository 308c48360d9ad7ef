"""Lists that are answered page by page."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.common.listing import MOST
from apps.publish.api.answers import Answer

LIMIT = OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 25})
MARKER = OpenApiParameter("marker", str, description="Where to read on: what the page before told.")


class PageTold(Answer):
    marker = serializers.CharField(allow_null=True, help_text="Where the next page begins; null on the last one.")
