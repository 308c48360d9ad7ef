"""How the API's answers become bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder


class QuickJSONRenderer(JSONRenderer):
    """JSON by msgspec, which takes pieces that are JSON already (``quick_json.written``) as they are.

    What it does not know (texts that are still to be translated, say) is told as REST framework tells it.
    """

    _encoder = msgspec.json.Encoder(enc_hook=JSONEncoder().default)

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The bytes; ``Accept: application/json; indent=4`` asks for lines that people read."""
        if data is None:
            return b""
        told = self._encoder.encode(data)
        indent = self.get_indent(accepted_media_type or "", renderer_context or {})
        return msgspec.json.format(told, indent=indent) if indent else told
