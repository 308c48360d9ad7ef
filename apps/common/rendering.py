"""How the API's answers become bytes."""

from __future__ import annotations

import json
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
        try:
            told = self._encoder.encode(data)
        except UnicodeEncodeError:
            told = self._encoder.encode(_escaped(data))
        indent = self.get_indent(accepted_media_type or "", renderer_context or {})
        return msgspec.json.format(told, indent=indent) if indent else told


def _escaped(value: Any) -> Any:  # Any: JSON
    """The same with texts that are no Unicode written as escapes.

    Names of files may be any bytes; Python holds those that are no UTF-8 as halves of surrogate pairs (PEP 383), which
    JSON can escape: a client that sends such a name back means the same file.
    """
    match value:
        case dict():
            return {_readable(key): _escaped(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_escaped(inner) for inner in value]
        case str() if _readable(value) != value:
            return msgspec.Raw(json.dumps(value).encode())
        case _:
            return value


def _readable(text: Any) -> Any:
    return text.encode(errors="replace").decode() if isinstance(text, str) else text
